package dev.dormouse.daemon.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets through the lines that a query asks for. Not thread-safe. */
final class LogFilter {
    private static final Logger LOG = LoggerFactory.getLogger(LogFilter.class);

    private final LogQuery query;
    private final Consumer<LogLine> lines;

    LogFilter(LogQuery query, Consumer<LogLine> lines) {
        this.query = query;
        this.lines = lines;
    }

    /** Takes a line of the log, without its line's end; one that is not of conmon's form is left out. */
    void line(byte[] raw) {
        Optional<LogLine> line = LogLine.parse(raw);
        if (line.isEmpty()) {
            LOG.debug("a line of {} bytes is not in conmon's form and was left out", raw.length);
        }
        line.filter(this::isWanted).ifPresent(lines);
    }

    /** Whether nothing that is written from now on can be wanted. */
    boolean isPast(Instant now) {
        return query.until().filter(now::isAfter).isPresent();
    }

    /** How long until {@link #isPast} holds; absent: for ever. */
    Optional<Duration> timeLeft(Instant now) {
        return query.until().map(until -> Duration.between(now, until).plusMillis(1));
    }

    private boolean isWanted(LogLine line) {
        boolean stream = switch (line.stream()) {
            case STDOUT -> query.stdout();
            case STDERR -> query.stderr();
        };
        return stream
                && query.since().filter(line.time()::isBefore).isEmpty()
                && query.until().filter(line.time()::isAfter).isEmpty();
    }
}
