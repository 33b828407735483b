package dev.dormouse.activator.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Who waits for services to be handed over. Used by tasks of the agenda only. */
final class Arrivals {
    private final Map<String, List<Consumer<Service>>> waiting = new HashMap<>();

    void await(String name, Consumer<Service> then) {
        waiting.computeIfAbsent(name, _ -> new ArrayList<>()).add(then);
    }

    void came(Service service) {
        List<Consumer<Service>> told = waiting.remove(service.name());
        if (told != null) {
            told.forEach(then -> then.accept(service));
        }
    }
}
