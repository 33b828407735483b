package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code container-restart} decides, with a {@code systemctl} that says what the test tells it to. */
class RestartScriptTest {
    private static final Path SCRIPT =
            Path.of("../units/src/main/lib/container-restart").toAbsolutePath();
    private static final long FINISHED = 1_795_577_414_740_957_824L;

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void makeFolders() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        Files.createDirectory(folder.resolve("container"));
    }

    /** ms: how long the run was; before: COUNT and DELAY of the last restart; after: COUNT, DELAY, and whether one is due. */
    @ParameterizedTest(name = "{0}, exit {2} after {3} ms, before {4}: {5}")
    @CsvSource({
        "always,         0, 0,   20,     0 0,     1 100 due",
        "always,         0, 0,   20,     1 100,   2 200 due",
        "always,         0, 1,   9999,   4 800,   5 1600 due",
        "always,         0, 1,   10000,  4 800,   5 100 due",
        "always,         0, 1,   20,     9 51200, 10 60000 due",
        "always,         0, 1,   20,     99 60000,100 60000 due",
        "unless-stopped, 0, 0,   20,     0 0,     1 100 due",
        "on-failure,     0, 0,   20,     0 0,     0 0 over",
        "on-failure,     0, 143, 20,     0 0,     1 100 due",
        "on-failure,     0, 1,   20,     77 60000,78 60000 due",
        "on-failure,     2, 1,   20,     0 0,     1 100 due",
        "on-failure,     2, 1,   20,     1 100,   2 200 due",
        "on-failure,     2, 1,   20,     2 200,   2 200 over",
        "on-failure,     2, 0,   20,     1 100,   1 100 over",
    })
    void aRunThatEndedByItself(String policy, int max, int code, long ms, String before, String after)
            throws IOException {
        plan(before, 0, 1);
        judge(policy, max, code, FINISHED - ms * 1_000_000, 7, "");
        expect(after);
        assertThat(exit()).contains("CODE=" + code + "\n").contains("BYHAND=0\n");
    }

    @Test
    void aStopThroughSystemdIsFinalAndByHand() throws IOException {
        plan("3 400", 0, 1);
        Files.writeString(run.resolve("stopping"), "1\n");
        judge("always", 0, 143, FINISHED - 5, 7, "");
        expect("3 400 over");
        assertThat(exit()).contains("BYHAND=1\n");
    }

    @Test
    void aStopWithTheMachineIsFinalAndNotByHand() throws IOException {
        Files.writeString(run.resolve("stopping"), "0\n");
        judge("unless-stopped", 0, 143, FINISHED - 5, 7, "");
        expect("0 0 over");
        assertThat(exit()).contains("BYHAND=0\n");
    }

    @Test
    void aKillThroughTheEngineIsFinalAndByHandAndSystemdIsHeldOff() throws IOException {
        Files.writeString(run.resolve("killed"), "");
        judge("always", 0, 137, FINISHED - 5, 7, "");
        expect("0 0 over");
        assertThat(exit()).contains("BYHAND=1\n");
        assertThat(Files.readString(run.resolve("asked")))
                .contains("--no-block --job-mode=fail stop dormouse-container@web.service");
    }

    @Test
    void aStartByHandThatFailsIsNotTriedAgain() throws IOException {
        judge("always", 0, 127, 0, 0, "9 dormouse-container@web.service start running");
        expect("0 0 over");
    }

    @Test
    void aRestartThatFailsIsTriedAgain() throws IOException {
        plan("1 100", 0, 1);
        judge("always", 0, 128, 0, 0, "9 dormouse-container@web.service restart running".replace("restart", "start"));
        expect("2 200 due");
    }

    @Test
    void aStopDuringARestartKeepsTheLastEnd() throws IOException {
        plan("1 100", 0, 1);
        Files.writeString(
                folder.resolve("container/exit"), "CODE=3\nSTARTED=5\nFINISHED=" + FINISHED + "\nPID=7\nBYHAND=0\n");
        judge("always", 0, 128, 0, 0, "9 dormouse-container@web.service stop running");
        expect("1 100 over");
        assertThat(exit()).isEqualTo("CODE=3\nSTARTED=5\nFINISHED=" + FINISHED + "\nPID=7\nBYHAND=1\n");
    }

    @Test
    void aStopDuringTheWaitIsFinalAndByHand() throws IOException {
        plan("4 800", FINISHED, 0);
        Files.writeString(
                folder.resolve("container/exit"), "CODE=3\nSTARTED=5\nFINISHED=" + FINISHED + "\nPID=7\nBYHAND=0\n");
        sh("always", 0, "9 dormouse-container@web.service stop running", "judge_wait");
        expect("4 800 over");
        assertThat(exit()).contains("CODE=3\n").contains("BYHAND=1\n");
    }

    @Test
    void aWaitThatWasKilledOtherwiseGoesOn() throws IOException {
        plan("4 800", FINISHED, 0);
        sh("always", 0, "", "judge_wait");
        expect("4 800 due");
    }

    @Test
    void aStartThatWaitsForThisEndIsNotRefused() throws IOException {
        judge("on-failure", 0, 0, FINISHED - 5, 7, "9 dormouse-container@web.service start waiting");
        assertThat(Files.readString(run.resolve("restart")))
                .contains("NEXT=0\n")
                .contains("OPEN=0\n");
    }

    private void judge(String policy, int max, int code, long started, long pid, String jobs) {
        sh(
                policy,
                max,
                jobs,
                "code=" + code + " STARTED=" + started + " PID=" + pid + " finished=" + FINISHED
                        + "; judge_end; record_exit");
    }

    /** systemctl stop is refused if there is a job. */
    private void sh(String policy, int max, String jobs, String script) {
        Program.of("sh", "-euc", """
                        name=web
                        systemctl() {
                          echo "$*" >>"$run/asked"
                          case $1 in
                            list-jobs) echo "$JOBS" ;;
                            is-system-running) echo running ;;
                            --no-block) [ -z "$JOBS" ] ;;
                          esac
                        }
                        . "$1"
                        """ + script, "sh", SCRIPT.toString())
                .with("RESTART", policy)
                .with("RESTART_MAX", Integer.toString(max))
                .with("JOBS", jobs)
                .with("run", run.toString())
                .with("container", folder.resolve("container").toString())
                .with("PATH", Map.copyOf(System.getenv()).getOrDefault("PATH", "/usr/bin:/bin"))
                .runOrThrow();
    }

    private void plan(String countAndDelay, long next, int open) throws IOException {
        String[] parts = countAndDelay.split(" ", -1);
        Files.writeString(
                run.resolve("restart"),
                "COUNT=" + parts[0] + "\nDELAY=" + parts[1] + "\nNEXT=" + next + "\nOPEN=" + open + "\n");
    }

    private void expect(String after) throws IOException {
        String[] parts = after.split(" ", -1);
        String plan = Files.readString(run.resolve("restart"));
        assertThat(plan).startsWith("COUNT=" + parts[0] + "\nDELAY=" + parts[1] + "\n");
        if (parts[2].equals("over")) {
            assertThat(plan).contains("NEXT=0\n").doesNotContain("OPEN=1");
        } else {
            assertThat(plan).doesNotContain("NEXT=0\n").contains("OPEN=0\n");
        }
    }

    private String exit() throws IOException {
        return Files.readString(folder.resolve("container/exit"));
    }
}
