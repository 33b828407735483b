package dev.dormouse.units.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalLinesTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final DebugSwitch debug = new DebugSwitch();
    private final PrintStream stream = JournalLog.stream(written, LineForm.JOURNAL, debug);

    @ParameterizedTest
    @CsvSource({"ERROR,3", "WARN,4", "INFO,6", "DEBUG,7", "TRACE,7"})
    void aLevelIsAPriority(String level, char priority) {
        debug.turn(true);
        event(level, "Store - it was read");
        assertThat(written()).isEqualTo("<" + priority + ">Store - it was read\n");
    }

    @Test
    void theLinesOfAMessageAndOfAStackTraceKeepIt() {
        stream.println(JournalLines.MARK + " [ERROR] Store - one\n[INFO] two");
        new IllegalStateException("why", new IllegalArgumentException("because")).printStackTrace(stream);
        stream.flush();
        event("INFO", "Store - next");

        assertThat(written().lines())
                .startsWith("<3>Store - one", "<3>[INFO] two", "<3>java.lang.IllegalStateException: why")
                .anyMatch(line -> line.startsWith("<3>\tat "))
                .contains("<3>Caused by: java.lang.IllegalArgumentException: because")
                .endsWith("<6>Store - next")
                .allMatch(line -> line.startsWith("<3>") || line.equals("<6>Store - next"));
    }

    @Test
    void whatIsNotLoggedIsAWarning() {
        event("INFO", "before");
        stream.println("[ERROR] by hand");
        stream.print("in two ");
        stream.println("parts");

        assertThat(written()).isEqualTo("<6>before\n<4>[ERROR] by hand\n<4>in two parts\n");
    }

    @Test
    void textStaysWholeAndLongLinesAreCut() {
        event("INFO", "ä € 😀");
        event("WARN", "x".repeat(40_000));

        assertThat(written().lines().map(String::length)).containsExactly("<6>ä € 😀".length(), 32_762, 7_244);
        assertThat(written()).startsWith("<6>ä € 😀\n<4>x");
    }

    @Test
    void debugIsShownFromWhenItIsTurnedOn() {
        event("DEBUG", "Store - hidden\nwith a second line");
        event("INFO", "Store - seen");
        debug.turn(true);
        event("DEBUG", "Store - seen too\nwith a second line");
        debug.turn(false);
        event("DEBUG", "Store - hidden again");
        stream.println("by hand");

        assertThat(written()).isEqualTo("<6>Store - seen\n<7>Store - seen too\n<7>with a second line\n<4>by hand\n");
    }

    @Test
    void forPeopleAnEventBeginsWithTheTimeAndItsLevel() {
        PrintStream people = JournalLog.stream(written, LineForm.PEOPLE, debug);
        people.println(JournalLines.MARK + " [ERROR] Store - one\ntwo");
        people.flush();
        people.println("by hand");

        assertThat(written()).matches("[0-9:.]{12} \\[ERROR] Store - one\ntwo\nby hand\n");
    }

    /** As slf4j-simple writes one. */
    private void event(String level, String text) {
        stream.println(JournalLines.MARK + " [" + level + "] " + text);
        stream.flush();
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
