package dev.dormouse.proxy.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Connections that wait for the same time, the first to come first. */
final class Waiting {
    private final Map<Connection, Long> since = new LinkedHashMap<>();

    void add(Connection connection, long nanos) {
        since.put(connection, nanos);
    }

    void remove(Connection connection) {
        since.remove(connection);
    }

    int count() {
        return since.size();
    }

    /** The first to have come. */
    Optional<Connection> first() {
        return since.isEmpty()
                ? Optional.empty()
                : Optional.of(since.keySet().iterator().next());
    }

    /** The first, if it has waited for so long. */
    Optional<Connection> first(long now, long nanos) {
        return first().filter(first -> now - since.getOrDefault(first, now) >= nanos);
    }
}
