package dev.dormouse.daemon.log;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts together what conmon split: a line longer than its buffer, or one that the container wrote in pieces. What has no end yet is
 * kept back only until {@link #flush}, so a prompt without a line's end is seen at once. Not thread-safe.
 */
final class PartJoin {
    /** A container that never ends its line must not fill the engine's memory. */
    private static final int LONGEST = 256 * 1024;

    private final Consumer<LogEntry> sink;
    private final Map<LogEntry.Stream, Pending> pending = new EnumMap<>(LogEntry.Stream.class);

    PartJoin(Consumer<LogEntry> sink) {
        this.sink = sink;
    }

    void add(LogLine line) {
        Pending before = pending.get(line.stream());
        if (before == null && !line.partial()) {
            sink.accept(new LogEntry(line.time(), line.stream(), line.content()));
            return;
        }
        Pending joined = before == null ? new Pending(line.time(), new ByteArrayOutputStream()) : before;
        joined.bytes().writeBytes(line.content());
        if (line.partial() && joined.bytes().size() < LONGEST) {
            pending.put(line.stream(), joined);
            return;
        }
        pending.remove(line.stream());
        sink.accept(joined.entry(line.stream()));
    }

    /** Hands over what has no end yet. */
    void flush() {
        pending.forEach((stream, parts) -> sink.accept(parts.entry(stream)));
        pending.clear();
    }

    /** The parts of one line so far. */
    private record Pending(Instant time, ByteArrayOutputStream bytes) {
        LogEntry entry(LogEntry.Stream stream) {
            return new LogEntry(time, stream, bytes.toByteArray());
        }
    }
}
