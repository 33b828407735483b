package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.Events;
import dev.dormouse.daemon.network.Network;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.Map;

/** Publishes what happened to networks, in Docker's words. Thread-safe. */
final class NetworkEvents {
    private final Events events;

    NetworkEvents(Events events) {
        this.events = events;
    }

    void created(Network network) {
        publish(network.id(), "create", Map.of("name", network.name(), "type", "bridge"));
    }

    void destroyed(Networks.Removed network) {
        publish(network.id(), "destroy", Map.of("name", network.name(), "type", "bridge"));
    }

    void connected(Network network, ContainerId container) {
        publish(
                network.id(),
                "connect",
                Map.of("name", network.name(), "type", "bridge", "container", container.value()));
    }

    void disconnected(Network network, ContainerId container) {
        publish(
                network.id(),
                "disconnect",
                Map.of("name", network.name(), "type", "bridge", "container", container.value()));
    }

    private void publish(String id, String action, Map<String, String> attributes) {
        events.publish(new Event("network", action, id, attributes, Instant.now()));
    }
}
