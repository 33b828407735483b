package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.activation.Activation;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.Events;
import dev.dormouse.daemon.health.HealthStatus;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishes what happened to containers, in Docker's words; starts and exits with their real time. Thread-safe. */
final class ContainerEvents {
    private final Events events;

    ContainerEvents(Events events) {
        this.events = events;
    }

    void created(ContainerRecord container) {
        publish(container, "create", Map.of());
    }

    void started(ContainerRecord container, Instant at) {
        events.publish(event(container, "start", Map.of(), at));
    }

    void died(ContainerRecord container, ContainerRuntime.Exit exit) {
        events.publish(died(container, exit.exitCode(), exit.finishedAt()));
    }

    /** A run of the time when no engine was there, unless it is known already. */
    void startedBefore(ContainerRecord container, Instant at) {
        events.publishIfNews(event(container, "start", Map.of(), at));
    }

    /** The end of a run of the time when no engine was there, unless it is known already. */
    void diedBefore(ContainerRecord container, ContainerRuntime.Exit exit) {
        events.publishIfNews(died(container, exit.exitCode(), exit.finishedAt()));
    }

    private static Event died(ContainerRecord container, int exitCode, Instant at) {
        return event(container, "die", Map.of("exitCode", String.valueOf(exitCode)), at);
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

    void updated(ContainerRecord container) {
        publish(container, "update", Map.of());
    }

    void attached(ContainerRecord container) {
        publish(container, "attach", Map.of());
    }

    void execCreated(ContainerRecord container, String exec, List<String> command) {
        publish(container, "exec_create: " + String.join(" ", command), Map.of("execID", exec));
    }

    void execStarted(ContainerRecord container, String exec, List<String> command) {
        publish(container, "exec_start: " + String.join(" ", command), Map.of("execID", exec));
    }

    void execDetached(ContainerRecord container, String exec) {
        publish(container, "exec_detach", Map.of("execID", exec));
    }

    void execDied(ContainerRecord container, String exec, int exitCode) {
        publish(container, "exec_die", Map.of("execID", exec, "exitCode", String.valueOf(exitCode)));
    }

    void renamed(ContainerRecord container, String oldName) {
        publish(container, "rename", Map.of("oldName", "/" + oldName));
    }

    /** What is wrong with its published ports; empty: nothing any more. */
    void ports(ContainerRecord container, String trouble) {
        if (trouble.isEmpty()) {
            publish(container, "ports-restored", Map.of());
        } else {
            publish(container, "ports-lost", Map.of("error", trouble));
        }
    }

    void destroyed(ContainerRecord container) {
        publish(container, "destroy", Map.of());
    }

    void health(ContainerRecord container, HealthStatus status, Instant at) {
        events.publish(event(container, "health_status: " + status.word(), Map.of(), at));
    }

    void activated(ContainerRecord container, Activation activation) {
        events.publish(event(container, activation.action(), activation.attributes(), activation.time()));
    }

    /** What the activator did while no engine was there, unless it is known already. */
    void activatedBefore(ContainerRecord container, Activation activation) {
        events.publishIfNews(event(container, activation.action(), activation.attributes(), activation.time()));
    }

    private void publish(ContainerRecord container, String action, Map<String, String> more) {
        events.publish(event(container, action, more, Instant.now()));
    }

    private static Event event(ContainerRecord container, String action, Map<String, String> more, Instant at) {
        Map<String, String> attributes = new HashMap<>(container.config().labels());
        attributes.put("name", container.name());
        attributes.put("image", container.config().image());
        attributes.putAll(more);
        return new Event("container", action, container.id().value(), Map.copyOf(attributes), at);
    }
}
