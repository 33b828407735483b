package dev.dormouse.daemon.api;

import dev.dormouse.daemon.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The engine's events, for followers. Thread-safe. */
public interface EventSource {
    /** The kept events that are not older than this, oldest first. */
    List<Event> since(Instant since);

    /**
     * Calls {@code follower}, on another thread, with the kept events that are not older than {@code since}, then with every new one,
     * in order, none twice, none left out, until closed.
     *
     * @param since absent: new events only
     * @param dropped called once if the follower ends without having been closed: it was too slow
     */
    AutoCloseable follow(Optional<Instant> since, Consumer<Event> follower, Runnable dropped);
}
