package dev.dormouse.activator.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.units.journal.JournalEvent;
import dev.dormouse.units.journal.JournalEvent.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationJournalTest {
    private static final JournalEvent FROZEN = JournalEvent.of(Level.INFO, "web: frozen")
            .with("SERVICE", "web")
            .with("CONTAINER_NAME", "nginx")
            .with("PHASE", "freeze")
            .with("OUTCOME", "frozen")
            .with("DURATION_USEC", Duration.ofMillis(2));

    @TempDir
    private Path folder;

    private final List<JournalEvent> told = new ArrayList<>();
    private final Queue<Runnable> background = new ArrayDeque<>();

    @Test
    void whatIsToldIsLeftForTheEngineOffTheThreadThatTells() throws IOException {
        ActivationJournal journal = new ActivationJournal(told::add, folder.resolve("events"), background::add);
        journal.tell(FROZEN);
        journal.tell(FROZEN);
        assertThat(told).containsExactly(FROZEN, FROZEN);
        assertThat(folder.resolve("events")).doesNotExist();
        assertThat(background).hasSize(1);

        background.remove().run();
        List<String> lines = lines();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).matches("\\{\"schema\":1,\"file\":[0-9]+}");
        assertThat(lines.get(1))
                .matches("\\{\"time\":[0-9]{19},\"service\":\"web\",\"container\":\"nginx\","
                        + "\"phase\":\"freeze\",\"outcome\":\"frozen\",\"durationMicros\":2000}");
        journal.tell(FROZEN);
        journal.flush();
        assertThat(lines()).hasSize(4);
    }

    @Test
    void whatIsWrongIsToldInOneLineButNothingThatMayNameAClient() throws IOException {
        ActivationJournal journal = new ActivationJournal(told::add, folder.resolve("events"), Runnable::run);
        journal.tell(FROZEN.with("OUTCOME", "failed").with("CLIENTS", "3"));
        journal.tell(new JournalEvent(Level.ERROR, "a\nb\tc" + "x".repeat(600), FROZEN.fields()));
        journal.tell(JournalEvent.of(Level.ERROR, "of no service"));
        List<String> lines = lines();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("\"clients\":3").doesNotContain("reason");
        assertThat(lines.get(2)).contains("\"reason\":\"a b cxxx").endsWith("x…\"}");
    }

    @Test
    void aFullFileBecomesTheOlderOne() throws IOException {
        AtomicLong numbers = new AtomicLong();
        ActivationFile file = new ActivationFile(folder.resolve("events"), 100, numbers::incrementAndGet);
        for (int line = 0; line < 20; line++) {
            file.append(List.of("line " + line + " " + "x".repeat(30)));
        }
        Path older = folder.resolve("events/events.1.jsonl");
        assertThat(Files.size(older)).isBetween(100L, 150L);
        assertThat(Files.readAllLines(older).getFirst())
                .isEqualTo("{\"schema\":1,\"file\":" + (numbers.get() - 1) + "}");
        assertThat(lines().getLast()).startsWith("line 19");
    }

    @Test
    void aLineThatWasCutShortCostsNoOther() throws IOException {
        ActivationFile file = new ActivationFile(folder.resolve("events"), 1000, () -> 7);
        file.append(List.of("one"));
        Files.writeString(folder.resolve("events/events.jsonl"), "tw", StandardOpenOption.APPEND);
        file.append(List.of("three"));
        assertThat(lines()).containsExactly("{\"schema\":1,\"file\":7}", "one", "tw", "three");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("events/events.jsonl"));
    }
}
