package dev.dormouse.waitport;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogProbeTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String HEAD = "2026-01-02T03:04:05.123456789+00:00 ";
    private static final ProbeResult NOT_YET = new ProbeResult.NotYet(Cause.NO_MATCH, "no line matches yet");

    @TempDir
    private Path folder;

    private Path log;

    @BeforeEach
    void name() {
        log = folder.resolve("container.log");
    }

    @Test
    void aLineThatMatchesIsReadyForEver() throws Exception {
        LogProbe probe = LogProbe.fromBeginning(log, Pattern.compile("ready to accept"));
        assertThat(probe.attempt(LONG)).isEqualTo(new ProbeResult.NotYet(Cause.NO_MATCH, "there is no log yet"));
        write("stdout F starting");
        assertThat(probe.attempt(LONG)).isEqualTo(NOT_YET);
        write("stderr F LOG: ready to accept connections");
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
        Files.delete(log);
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
        assertThat(probe).hasToString("log " + log);
    }

    @Test
    void onlyTheTextCountsAndAnchorsAreThoseOfTheLine() throws Exception {
        write("stdout F one");
        assertThat(LogProbe.fromBeginning(log, Pattern.compile("stdout")).attempt(LONG))
                .isEqualTo(NOT_YET);
        assertThat(LogProbe.fromBeginning(log, Pattern.compile("^one$")).attempt(LONG))
                .isEqualTo(ProbeResult.READY);
    }

    @Test
    void fromAPlaceOnPassesOverWhatIsBefore() throws Exception {
        write("stdout F ready");
        long size = Files.size(log);
        write("stdout F steady");
        assertThat(LogProbe.from(log, size, Pattern.compile("ready")).attempt(LONG))
                .isEqualTo(NOT_YET);
        assertThat(LogProbe.from(log, size, Pattern.compile("steady")).attempt(LONG))
                .isEqualTo(ProbeResult.READY);
    }

    @Test
    void fromNowPassesOverWhatWasThere() throws Exception {
        write("stdout F ready");
        LogProbe probe = LogProbe.fromNow(log, Pattern.compile("ready"));
        assertThat(probe.attempt(LONG)).isEqualTo(NOT_YET);
        write("stdout F ready");
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
    }

    @Test
    void partsAreJoinedEachStreamForItself() throws Exception {
        LogProbe probe = LogProbe.fromBeginning(log, Pattern.compile("^ready$"));
        write("stdout P re");
        write("stderr P xx");
        assertThat(probe.attempt(LONG)).isEqualTo(NOT_YET);
        write("stderr F yy");
        write("stdout F ady");
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
    }

    @Test
    void aLineUnderWayIsReadWhenItIsWhole() throws Exception {
        LogProbe probe = LogProbe.fromBeginning(log, Pattern.compile("^ready$"));
        raw(HEAD + "stdout F rea");
        assertThat(probe.attempt(LONG)).isEqualTo(NOT_YET);
        raw("dy\n");
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
    }

    @Test
    void aLogCutShortIsReadFromItsBeginning() throws Exception {
        write("stdout F a long line that was there before");
        LogProbe probe = LogProbe.fromNow(log, Pattern.compile("ready"));
        assertThat(probe.attempt(LONG)).isEqualTo(NOT_YET);
        Files.writeString(log, HEAD + "stdout F ready\n");
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
    }

    @Test
    void aLogReplacedIsReadFromItsBeginning() throws Exception {
        write("stdout F short");
        LogProbe probe = LogProbe.fromNow(log, Pattern.compile("ready"));
        assertThat(probe.attempt(LONG)).isEqualTo(NOT_YET);
        Path next = folder.resolve("next");
        Files.writeString(next, HEAD + "stdout F ready\n" + HEAD + "stdout F and more, so that it is longer\n");
        Files.move(next, log, StandardCopyOption.REPLACE_EXISTING);
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
    }

    @Test
    void anAttemptIsOverInTimeAndTheNextGoesOn() throws Exception {
        raw((HEAD + "stdout F nothing of interest\n").repeat(200_000));
        write("stdout F ready");
        LogProbe probe = LogProbe.fromBeginning(log, Pattern.compile("ready"));
        int attempts = 0;
        ProbeResult result;
        do {
            result = probe.attempt(Duration.ofMillis(2));
            attempts++;
        } while (result instanceof ProbeResult.NotYet(Cause cause, String _) && cause == Cause.TIMED_OUT);
        assertThat(result).isEqualTo(ProbeResult.READY);
        assertThat(attempts).isGreaterThan(1);
    }

    @Test
    void anExpressionThatTakesForEverIsGivenUpForTheLine() throws Exception {
        write("stdout F " + "a".repeat(60) + "!");
        LogProbe probe = LogProbe.fromBeginning(log, Pattern.compile("^(a+)+\\1b$"));
        assertThat(probe.attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(
                        Cause.NO_MATCH, "no line matches yet; the expression takes too long for some line"));
        write("stdout F aab");
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
    }

    @Test
    void anExpressionThatRecursesTooDeepIsGivenUpForTheLine() throws Exception {
        write("stdout F " + "a".repeat(16_000) + "!");
        LogProbe probe = LogProbe.fromBeginning(log, Pattern.compile("^(a|b)+$"));
        assertThat(probe.attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(
                        Cause.NO_MATCH, "no line matches yet; the expression takes too long for some line"));
    }

    @Test
    void longLinesAndWhatIsNoEntryNeitherCountNorStop() throws Exception {
        raw("x".repeat(200_000) + "ready\nready\n");
        for (int i = 0; i < 10; i++) {
            write("stdout P " + "x".repeat(8_000));
        }
        write("stdout F ready");
        LogProbe probe = LogProbe.fromBeginning(log, Pattern.compile("ready"));
        assertThat(probe.attempt(LONG)).as("beyond 16384 characters").isEqualTo(NOT_YET);
        write("stdout F ready");
        assertThat(probe.attempt(LONG)).isEqualTo(ProbeResult.READY);
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        assertThat(LogProbe.fromBeginning(folder, Pattern.compile("x")).attempt(LONG))
                .isInstanceOfSatisfying(ProbeResult.NotYet.class, notYet -> {
                    assertThat(notYet.cause()).isEqualTo(Cause.FAILED);
                    assertThat(notYet.detail()).startsWith("cannot read the log: ");
                });
    }

    /** An entry with its head. */
    private void write(String entry) throws Exception {
        raw(HEAD + entry + "\n");
    }

    private void raw(String text) throws Exception {
        Files.writeString(log, text, StandardCharsets.UTF_8, CREATE, APPEND);
    }
}
