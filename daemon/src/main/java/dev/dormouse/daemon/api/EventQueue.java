package dev.dormouse.daemon.api;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Between the thread that brings events and the one that writes them to a client. */
final class EventQueue implements AutoCloseable {
    /** Few: what the client has not read waits in the stream's own bounded queue. */
    private static final int CAPACITY = 16;
    /** How often a reader looks whether it was dropped, as nothing else wakes it then. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(CAPACITY);
    private final AutoCloseable subscription;
    private volatile boolean dropped;

    private EventQueue(EventSource source, Optional<Instant> since, Predicate<Event> wanted) {
        this.subscription = source.follow(since, event -> take(event, wanted), () -> dropped = true);
    }

    static EventQueue follow(EventSource source, Optional<Instant> since, Predicate<Event> wanted) {
        return new EventQueue(source, since, wanted);
    }

    private void take(Event event, Predicate<Event> wanted) {
        if (wanted.test(event)) {
            try {
                events.put(event);
            } catch (InterruptedException _) {
                // The stream's thread ends by its own look at the flag: the client left or was too slow.
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Blocks for the next event; empty when {@code until} is over. */
    Optional<Event> next(Optional<Instant> until, Clock clock) throws InterruptedException {
        while (!dropped) {
            Duration left =
                    until.map(end -> Duration.between(clock.instant(), end)).orElse(LOOK);
            Duration wait = left.compareTo(LOOK) < 0 ? left : LOOK;
            Event event = events.poll(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
            if (event != null) {
                return Optional.of(event)
                        .filter(next -> until.isEmpty() || !next.time().isAfter(until.get()));
            }
            if (until.isPresent() && !left.isPositive()) {
                return Optional.empty();
            }
        }
        throw new EngineException.Failed(
                "the client reads events more slowly than they happen: it lost some and must begin anew");
    }

    @Override
    public void close() {
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException("an event subscription could not be closed", e);
        }
    }
}
