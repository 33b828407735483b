package dev.dormouse.daemon.api.wire;

import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.health.Health;
import dev.dormouse.daemon.lifecycle.Containers;
import java.time.Duration;
import java.time.Instant;

/** The STATUS column of {@code docker ps}, in dockerd's words. */
final class StatusText {
    private StatusText() {}

    static String of(Containers.Container container, Instant now) {
        String text = of(container.state(), now);
        return container.state() instanceof ContainerState.Running
                ? text + container.health().map(StatusText::words).orElse("")
                : text;
    }

    private static String words(Health health) {
        return switch (health.status()) {
            case STARTING -> " (health: starting)";
            case HEALTHY -> " (healthy)";
            case UNHEALTHY -> " (unhealthy)";
        };
    }

    static String of(ContainerState state, Instant now) {
        return switch (state) {
            case ContainerState.Created _ -> "Created";
            case ContainerState.Running running ->
                "Up " + words(Duration.between(running.startedAt(), now)) + (running.paused() ? " (Paused)" : "");
            case ContainerState.Restarting restarting ->
                "Restarting (" + restarting.exitCode() + ") " + words(Duration.between(restarting.finishedAt(), now))
                        + " ago";
            case ContainerState.Dead _ -> "Dead";
            case ContainerState.Exited exited when exited.finishedAt().getEpochSecond() <= 0 -> "Created";
            case ContainerState.Exited exited ->
                "Exited (" + exited.exitCode() + ") " + words(Duration.between(exited.finishedAt(), now)) + " ago";
        };
    }

    /** A duration as docker/go-units' HumanDuration says it. */
    static String words(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long minutes = seconds / 60;
        // go-units rounds hours to the nearest.
        long hours = Math.round(seconds / 3600.0);
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds == 1) {
            return "1 second";
        }
        if (seconds < 60) {
            return seconds + " seconds";
        }
        if (minutes == 1) {
            return "About a minute";
        }
        if (minutes < 60) {
            return minutes + " minutes";
        }
        if (hours == 1) {
            return "About an hour";
        }
        if (hours < 48) {
            return hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        if (hours < 24 * 365 * 2) {
            return hours / 24 / 30 + " months";
        }
        return (seconds / 3600) / 24 / 365 + " years";
    }
}
