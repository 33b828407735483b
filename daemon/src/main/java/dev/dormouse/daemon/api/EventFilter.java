package dev.dormouse.daemon.api;

import dev.dormouse.daemon.event.Event;
import java.util.function.Predicate;

/** dockerd's event filters. */
final class EventFilter {
    private EventFilter() {}

    static Predicate<Event> of(Filters filters) {
        return event -> filters.any("type", event.type()::equals)
                && filters.any(
                        "event",
                        action ->
                                event.action().equals(action) || event.action().startsWith(action + ":"))
                && thing(filters, "container", event)
                && thing(filters, "network", event)
                && thing(filters, "daemon", event)
                && image(filters, event)
                && filters.labels(event.attributes());
    }

    /** By the id, its beginning, or the name. */
    private static boolean thing(Filters filters, String type, Event event) {
        return filters.any(
                type,
                wanted -> event.type().equals(type)
                        && (event.id().startsWith(wanted)
                                || wanted.equals(event.attributes().get("name"))));
    }

    /** By an image's id or name, and a container's image, with or without the tag. */
    private static boolean image(Filters filters, Event event) {
        return filters.any("image", wanted -> {
            String named = switch (event.type()) {
                case "image" -> event.attributes().getOrDefault("name", event.id());
                case "container" -> event.attributes().getOrDefault("image", "");
                default -> "";
            };
            return named.equals(wanted)
                    || named.startsWith(wanted + ":")
                    || (event.type().equals("image") && event.id().equals(wanted));
        });
    }
}
