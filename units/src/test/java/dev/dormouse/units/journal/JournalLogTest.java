package dev.dormouse.units.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** In a JVM of its own, as slf4j-simple is configured once. */
class JournalLogTest {
    @TempDir
    private Path folder;

    @Test
    void toTheJournalGoesThePriorityAndNoTime() throws Exception {
        assertThat(run(true))
                .startsWith("<6>JournalLogTest - started", "<4>JournalLogTest - two", "<4>lines")
                .contains(
                        "<3>JournalLog - thread main ended by an exception", "<3>java.lang.IllegalStateException: end")
                .allMatch(line -> line.matches("<[346]>.*"));
    }

    @Test
    void forPeopleThereIsTheTimeAndTheLevel() throws Exception {
        assertThat(run(false))
                .anyMatch(line -> line.matches("[0-9:.]{12} \\[INFO\\] JournalLogTest - started"))
                .anyMatch(
                        line -> line.matches("[0-9:.]{12} \\[ERROR\\] JournalLog - thread main ended by an exception"));
    }

    @Test
    void theJournalIsToldByWhatStandardErrorIs() throws Exception {
        Path file = Files.createFile(folder.resolve("err"));
        String stream = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");

        assertThat(JournalLog.isJournal(Map.of("JOURNAL_STREAM", stream), file)).isTrue();
        assertThat(JournalLog.isJournal(Map.of("JOURNAL_STREAM", stream + "1"), file))
                .isFalse();
        assertThat(JournalLog.isJournal(Map.of(), file)).isFalse();
    }

    private List<String> run(boolean journal) throws Exception {
        Path errors = Files.createFile(folder.resolve("errors"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(errors.toFile());
        builder.environment().remove("JOURNAL_STREAM");
        if (journal) {
            String stream = Files.getAttribute(errors, "unix:dev") + ":" + Files.getAttribute(errors, "unix:ino");
            builder.environment().put("JOURNAL_STREAM", stream);
        }
        assertThat(builder.start().waitFor()).isEqualTo(1);
        return Files.readAllLines(errors);
    }

    /** Says a few things and ends by an exception. */
    static final class Program {
        private Program() {}

        static void main() {
            JournalLog.install();
            LoggerFactory.getLogger(JournalLogTest.class).info("started");
            LoggerFactory.getLogger(JournalLogTest.class).warn("two\nlines");
            throw new IllegalStateException("end");
        }
    }
}
