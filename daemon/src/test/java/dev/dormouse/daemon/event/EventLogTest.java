package dev.dormouse.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class EventLogTest {
    private final Instant begin = Instant.now();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private EventLog open() {
        return EventLog.open(folder.resolve("events"), new EventLog.Limits(10, 4000));
    }

    private List<String> since(EventLog log, Instant since) {
        return log.past().since(since).stream().map(Event::id).toList();
    }

    @Test
    void eventsSpanEnginesWithoutAnyHavingBeenClosed() {
        Event whole = new Event(
                "container",
                "die",
                "a",
                Map.of("exitCode", "3", "name", "say \"hi\"\n"),
                begin.plusNanos(1_234_567_891));
        open().append(whole);
        EventLog next = open();
        next.append(event("b", 2));
        assertThat(next.past().since(Instant.EPOCH)).containsExactly(whole, event("b", 2));
        assertThat(since(next, begin.plusSeconds(2))).containsExactly("b");
    }

    @Test
    void thePastIsWhatItWasWhenItWasTakenEvenIfTheFileIsReplaced() {
        EventLog log = open();
        log.append(event("first", 1));
        EventHistory.Past past = log.past();
        IntStream.range(0, 40).forEach(i -> log.append(event("later", i)));
        assertThat(past.since(Instant.EPOCH)).extracting(Event::id).containsExactly("first");
    }

    @Test
    void aLateOneIsInItsPlace() {
        EventLog log = open();
        log.append(event("second", 2));
        log.append(event("first", 1));
        assertThat(since(log, Instant.EPOCH)).containsExactly("first", "second");
    }

    @Test
    void countAndBytesAreBounded() throws IOException {
        EventLog log = open();
        IntStream.rangeClosed(1, 95).forEach(i -> log.append(event(String.valueOf(i), i)));
        List<String> kept = since(log, Instant.EPOCH);
        assertThat(kept).hasSize(15).startsWith("81").endsWith("95");
        IntStream.range(0, 50)
                .forEach(i -> log.append(
                        new Event("container", "start", "x", Map.of("l", "x".repeat(1000)), begin.plusSeconds(i))));
        try (var files = Files.list(folder.resolve("events"))) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isBetween(4000L, 8000L);
        }
    }

    @Test
    void aLineThatTheMachineCutShortIsTheOnlyOneLost() throws IOException {
        open().append(event("a", 1));
        Path file = folder.resolve("events/events.jsonl");
        Files.writeString(file, "{\"type\":\"container\",\"act", StandardOpenOption.APPEND);
        EventLog next = open();
        next.append(event("b", 2));
        assertThat(since(next, Instant.EPOCH)).containsExactly("a", "b");
        assertThat(since(open(), Instant.EPOCH)).containsExactly("a", "b");
    }

    @Test
    void aFileWithoutItsHeadIsPutAside() throws IOException {
        Files.createDirectories(folder.resolve("events"));
        Files.writeString(folder.resolve("events/events.jsonl"), "\0\0\0\0");
        EventLog log = open();
        log.append(event("a", 1));
        assertThat(since(open(), Instant.EPOCH)).containsExactly("a");
        assertThat(folder.resolve("events/events.1.jsonl")).hasContent("\0\0\0\0");
    }

    @Test
    void aNewerEnginesFileIsRefusedUntouchedAndTheEngineHasEventsNevertheless() throws IOException {
        Files.createDirectories(folder.resolve("events"));
        Path file = Files.writeString(folder.resolve("events/events.jsonl"), "{\"schema\":2,\"since\":1}\nnew words\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining(file + " has schema 2, this Dormouse knows 1: run the version that wrote it");
        EventHistory history = EventLog.orRecent(folder.resolve("events"));
        history.append(event("a", 1));
        assertThat(history.past().since(Instant.EPOCH)).hasSize(1);
        assertThat(file).hasContent("{\"schema\":2,\"since\":1}\nnew words\n");
    }

    @Test
    void whatHappenedWhileNoEngineWasThereIsNewsOnce() {
        EventLog log = open();
        Event told = event("a", 1);
        log.append(told);
        EventLog next = open();
        Event late = event("b", 2);
        assertThat(next.isNews(told)).isFalse();
        assertThat(next.isNews(late)).isTrue();
        next.append(late);
        assertThat(next.isNews(late)).isFalse();
        EventLog third = open();
        assertThat(third.isNews(late)).isFalse();
        assertThat(third.isNews(new Event("container", "start", "c", Map.of(), begin.minusSeconds(3600))))
                .as("older than the log")
                .isFalse();
    }

    @Test
    void aFollowerGetsThePastThenWhatComes() throws Exception {
        open().append(event("before", 1));
        try (EventStream stream = new EventStream(open())) {
            BlockingQueue<Event> seen = new LinkedBlockingQueue<>();
            var _ = stream.follow(Optional.of(begin), seen::add, () -> {});
            stream.publish(event("after", 2));
            assertThat(seen.take().id()).isEqualTo("before");
            assertThat(seen.take().id()).isEqualTo("after");
            assertThat(stream.publishIfNews(event("before", 1))).isFalse();
            assertThat(stream.publishIfNews(event("late", 1))).isTrue();
            assertThat(seen.take().id()).isEqualTo("late");
        }
    }

    private Event event(String id, int second) {
        return new Event("container", "start", id, Map.of(), begin.plusSeconds(second));
    }
}
