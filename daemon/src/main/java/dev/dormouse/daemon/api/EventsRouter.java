package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.http.ReplyStream;
import dev.dormouse.daemon.api.wire.EventView;
import dev.dormouse.daemon.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The event stream. */
final class EventsRouter {
    private static final Set<String> FILTERS =
            Set.of("type", "event", "container", "image", "label", "network", "daemon");

    private final EngineGate engine;
    private final Clock clock;

    EventsRouter(EngineGate engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.get("/events", this::events));
    }

    private Reply events(Call call) throws InterruptedException {
        Optional<Instant> since = call.moment("since");
        Optional<Instant> until = call.moment("until");
        // What the restore has still to learn of the time before belongs into a list that ends; who follows gets it in
        // time.
        EventSource events = (until.isPresent() ? engine.parts() : engine.partsAtOnce()).events();
        if (since.isPresent() && until.isPresent() && since.get().isAfter(until.get())) {
            throw Call.invalid("since", "before until", since.get().toString());
        }
        Predicate<Event> wanted = EventFilter.of(Filters.of(call, FILTERS));
        if (until.isPresent() && !until.get().isAfter(clock.instant())) {
            return new Reply.Stream(
                    Json.CONTENT_TYPE, out -> past(events, since.orElse(until.get()), until.get(), wanted, out));
        }
        return new Reply.Stream(Json.CONTENT_TYPE, out -> follow(events, since, until, wanted, out));
    }

    private static void past(
            EventSource events, Instant since, Instant until, Predicate<Event> wanted, ReplyStream out) {
        events.since(since).stream()
                .filter(event -> !event.time().isAfter(until))
                .filter(wanted)
                .forEach(event -> out.write(line(event)));
    }

    private void follow(
            EventSource events,
            Optional<Instant> since,
            Optional<Instant> until,
            Predicate<Event> wanted,
            ReplyStream out)
            throws InterruptedException {
        try (EventQueue queue = EventQueue.follow(events, since, wanted)) {
            out.begin();
            Optional<Event> event = queue.next(until, clock);
            while (event.isPresent()) {
                out.write(line(event.get()));
                event = queue.next(until, clock);
            }
        }
    }

    private static byte[] line(Event event) {
        return Json.line(EventView.of(event));
    }
}
