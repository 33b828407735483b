package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.Events;
import dev.dormouse.daemon.health.HealthStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Publishes what happened to containers, in Docker's words. Thread-safe. */
final class ContainerEvents {
    private final Events events;

    ContainerEvents(Events events) {
        this.events = events;
    }

    void created(ContainerRecord container) {
        publish(container, "create", Map.of());
    }

    void started(ContainerRecord container) {
        publish(container, "start", Map.of());
    }

    void died(ContainerRecord container, int exitCode) {
        publish(container, "die", Map.of("exitCode", String.valueOf(exitCode)));
    }

    void killed(ContainerRecord container, int signal) {
        publish(container, "kill", Map.of("signal", String.valueOf(signal)));
    }

    void stopped(ContainerRecord container) {
        publish(container, "stop", Map.of());
    }

    void restarted(ContainerRecord container) {
        publish(container, "restart", Map.of());
    }

    void attached(ContainerRecord container) {
        publish(container, "attach", Map.of());
    }

    void renamed(ContainerRecord container, String oldName) {
        publish(container, "rename", Map.of("oldName", "/" + oldName));
    }

    void destroyed(ContainerRecord container) {
        publish(container, "destroy", Map.of());
    }

    void health(ContainerRecord container, HealthStatus status, Instant at) {
        publish(container, "health_status: " + status.word(), Map.of(), at);
    }

    private void publish(ContainerRecord container, String action, Map<String, String> more) {
        publish(container, action, more, Instant.now());
    }

    private void publish(ContainerRecord container, String action, Map<String, String> more, Instant at) {
        Map<String, String> attributes = new HashMap<>(container.config().labels());
        attributes.put("name", container.name());
        attributes.put("image", container.config().image());
        attributes.putAll(more);
        events.publish(new Event("container", action, container.id().value(), Map.copyOf(attributes), at));
    }
}
