package dev.dormouse.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LogReaderTest {
    private static final String T = "2026-11-24T10:00:0%d.000000000+01:00 ";

    @TempDir
    Path folder;

    private final FolderWatch watch = new FolderWatch();
    private final LogReader reader = new LogReader(watch);

    @AfterEach
    void close() throws IOException {
        watch.close();
    }

    @Test
    void linesHaveTheirTimeStreamAndEnd() throws Exception {
        append("2026-11-24T10:00:00.123456789+01:00 stdout F héllo  wörld \n" + T.formatted(1) + "stderr F \n");
        List<LogEntry> entries = read(query());
        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().time()).isEqualTo(Instant.parse("2026-11-24T09:00:00.123456789Z"));
        assertThat(entries.getFirst().stream()).isEqualTo(LogEntry.Stream.STDOUT);
        assertThat(texts(entries)).containsExactly("héllo  wörld \n", "\n");
        assertThat(entries.getLast().stream()).isEqualTo(LogEntry.Stream.STDERR);
    }

    @Test
    void partsOfALineAreJoinedEachStreamForItself() throws Exception {
        append(T.formatted(1) + "stdout P a\n" + T.formatted(2) + "stderr F other\n" + T.formatted(3) + "stdout P b\n"
                + T.formatted(4) + "stdout F c\n" + T.formatted(5) + "stdout P prompt> \n");
        List<LogEntry> entries = read(query());
        assertThat(texts(entries)).containsExactly("other\n", "abc\n", "prompt> ");
        assertThat(entries.get(1).time()).isEqualTo(Instant.parse("2026-11-24T09:00:01Z"));
    }

    @Test
    void brokenLinesAreLeftOut() throws Exception {
        append("\n\0\0\0\nno log line\n" + T.formatted(1) + "stdin F x\nyesterday stdout F x\n" + T.formatted(1)
                + "stdout F good\n" + T.formatted(1) + "stdout F cut sh");
        assertThat(texts(read(query()))).containsExactly("good\n");
    }

    @Test
    void streamsAndTimesAreFiltered() throws Exception {
        append(IntStream.range(0, 6)
                .mapToObj(i -> T.formatted(i) + (i % 2 == 0 ? "stdout" : "stderr") + " F " + i + "\n")
                .reduce("", String::concat));
        LogQuery query = new LogQuery(
                true,
                false,
                Optional.of(Instant.parse("2026-11-24T09:00:01Z")),
                Optional.of(Instant.parse("2026-11-24T09:00:04Z")),
                Optional.empty(),
                false);
        assertThat(texts(read(query))).containsExactly("2\n", "4\n");
    }

    @Test
    void theTailCountsWholeLinesAcrossBlocks() throws Exception {
        String filler = "x".repeat(40_000);
        append(IntStream.range(0, 9)
                .mapToObj(i -> T.formatted(i) + "stdout F " + i + filler + "\n")
                .reduce("", String::concat));
        append(T.formatted(9) + "stdout P 9\n" + T.formatted(9) + "stdout F nine\n");
        assertThat(texts(read(tail(1)))).containsExactly("9nine\n");
        assertThat(texts(read(tail(4)))).extracting(text -> text.charAt(0)).containsExactly('6', '7', '8', '9');
        assertThat(read(tail(10))).hasSize(10);
        assertThat(read(tail(500))).hasSize(10);
        assertThat(read(tail(0))).isEmpty();
    }

    @Test
    void aLogThatIsNotThereIsEmpty() {
        assertThat(read(query())).isEmpty();
        assertThat(read(tail(3))).isEmpty();
    }

    @Test
    void followingDeliversWithinFiftyMilliseconds() throws Exception {
        append(T.formatted(0) + "stdout F first\n");
        CompletableFuture<Void> ended = new CompletableFuture<>();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Thread following = follow(ended, seen);
        assertThat(seen.take()).isEqualTo("first\n");
        List<Long> latencies = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            long begin = System.nanoTime();
            append(T.formatted(i) + "stdout P " + i + "\n");
            assertThat(seen.take()).isEqualTo(String.valueOf(i));
            latencies.add((System.nanoTime() - begin) / 1_000_000);
        }
        assertThat(latencies.stream().sorted().toList().get(4)).isLessThan(50);
        append(T.formatted(1) + "stdout F last\n");
        ended.complete(null);
        following.join();
        assertThat(seen).containsExactly("last\n");
    }

    @Test
    void followingGoesThroughRotationAndTruncation() throws Exception {
        append(T.formatted(0) + "stdout F a\n");
        CompletableFuture<Void> ended = new CompletableFuture<>();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Thread following = follow(ended, seen);
        assertThat(seen.take()).isEqualTo("a\n");
        Files.move(log(), folder.resolve("container.log.1"));
        append(T.formatted(1) + "stdout F b, of a new file\n");
        assertThat(seen.take()).isEqualTo("b, of a new file\n");
        Files.writeString(log(), T.formatted(2) + "stdout F c\n", StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(seen.take()).isEqualTo("c\n");
        ended.complete(null);
        following.join();
    }

    @Test
    void followingEndsWhenUntilIsPast() throws Exception {
        append(T.formatted(0) + "stdout F a\n");
        LogQuery query = new LogQuery(
                true, true, Optional.empty(), Optional.of(Instant.now().plusMillis(30)), Optional.empty(), true);
        List<LogEntry> entries = new ArrayList<>();
        reader.follow(log(), query, new CompletableFuture<>(), entries::add);
        assertThat(texts(entries)).hasSizeLessThan(2);
        assertThat(Instant.now()).isAfter(query.until().orElseThrow());
    }

    private Thread follow(CompletableFuture<Void> ended, BlockingQueue<String> seen) {
        return Thread.ofVirtual()
                .start(() -> reader.follow(
                        log(), query(), ended, entry -> seen.add(new String(entry.bytes(), StandardCharsets.UTF_8))));
    }

    private List<LogEntry> read(LogQuery query) {
        List<LogEntry> entries = new ArrayList<>();
        reader.read(log(), query, entries::add);
        return entries;
    }

    private static List<String> texts(List<LogEntry> entries) {
        return entries.stream()
                .map(entry -> new String(entry.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private static LogQuery query() {
        return new LogQuery(true, true, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    private static LogQuery tail(int lines) {
        return new LogQuery(true, true, Optional.empty(), Optional.empty(), Optional.of(lines), false);
    }

    private Path log() {
        return folder.resolve("container.log");
    }

    private void append(String text) throws IOException {
        Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
