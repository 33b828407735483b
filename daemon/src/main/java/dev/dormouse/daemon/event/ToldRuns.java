package dev.dormouse.daemon.event;

import dev.dormouse.daemon.activation.Activation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The starts and exits, and what the activator did, that earlier engines have told of, as far back as their event files reach. Not thread-safe. */
final class ToldRuns {
    private final Set<Told> told = new HashSet<>();
    private Instant horizon = Instant.MAX;

    private record Told(String id, String action, Instant time) {
        static Told of(Event event) {
            return new Told(event.id(), event.action(), event.time());
        }
    }

    /**
     * What a file has.
     *
     * @param endsWithLine false where the machine went down within a line
     */
    record Contents(boolean headed, int events, long bytes, boolean endsWithLine) {
        static final Contents NONE = new Contents(false, 0, 0, true);
    }

    /** Learns from a file; nothing if there is none. */
    Contents read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Contents.NONE;
        }
        AtomicInteger events = new AtomicInteger();
        try (EventSegment segment = EventSegment.open(file)) {
            Optional<EventLine.Head> head = segment.read(event -> {
                events.incrementAndGet();
                if (isToldOnce(event.action())) {
                    told.add(Told.of(event));
                }
            });
            head.ifPresent(line -> reachesBackTo(line.begin()));
            return new Contents(head.isPresent(), events.get(), segment.bytes(), endsWithLine(file));
        }
    }

    private static boolean isToldOnce(String action) {
        return action.equals("start") || action.equals("die") || action.startsWith(Activation.PREFIX);
    }

    /** From then on everything was told, or was not told. */
    void reachesBackTo(Instant begin) {
        horizon = begin.isBefore(horizon) ? begin : horizon;
    }

    /** Whether it was not told, and is not so old that it may have been; from now on it was. */
    boolean isNews(Event event) {
        return !event.time().isBefore(horizon) && told.add(Told.of(event));
    }

    private static boolean endsWithLine(Path file) throws IOException {
        try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "r")) {
            if (end.length() == 0) {
                return true;
            }
            end.seek(end.length() - 1);
            return end.read() == '\n';
        }
    }
}
