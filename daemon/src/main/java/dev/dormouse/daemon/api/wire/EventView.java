package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.event.Event;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of {@code GET /events}: dockerd's names, of which the first three are only for containers and images. */
public record EventView(
        @Nullable @JsonProperty("status") String status,
        @Nullable @JsonProperty("id") String id,
        @Nullable @JsonProperty("from") String from,
        String type,
        String action,
        Actor actor,
        @JsonProperty("scope") String scope,
        @JsonProperty("time") long time,
        @JsonProperty("timeNano") long timeNano) {
    /** What it happened to. */
    public record Actor(@JsonProperty("ID") String id, Map<String, String> attributes) {}

    /** An event as clients see it. */
    public static EventView of(Event event) {
        boolean container = event.type().equals("container");
        boolean legacy = container || event.type().equals("image");
        Instant time = event.time();
        return new EventView(
                legacy ? event.action() : null,
                legacy ? event.id() : null,
                container ? event.attributes().get("image") : null,
                event.type(),
                event.action(),
                new Actor(event.id(), event.attributes()),
                "local",
                time.getEpochSecond(),
                Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano()));
    }
}
