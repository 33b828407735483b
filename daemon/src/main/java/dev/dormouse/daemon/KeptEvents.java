package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EventSource;
import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.EventStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The engine's event stream as the API sees it. */
record KeptEvents(EventStream events) implements EventSource {
    @Override
    public List<Event> since(Instant since) {
        return events.since(since);
    }

    @Override
    public AutoCloseable follow(Optional<Instant> since, Consumer<Event> follower, Runnable dropped) {
        return events.follow(since, follower, dropped);
    }
}
