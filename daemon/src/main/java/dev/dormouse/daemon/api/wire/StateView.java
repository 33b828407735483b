package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.lifecycle.Containers;
import org.jspecify.annotations.Nullable;

/** {@code State} of an inspect. */
public record StateView(
        String status,
        boolean running,
        boolean paused,
        boolean restarting,
        @JsonProperty("OOMKilled") boolean oomKilled,
        boolean dead,
        long pid,
        int exitCode,
        String error,
        String startedAt,
        String finishedAt,
        @Nullable HealthView health) {
    /** Go's zero time, which clients take for "never". */
    static final String NEVER = "0001-01-01T00:00:00Z";

    /** The state as clients see it. */
    public static StateView of(Containers.Container container) {
        return of(container.state()).with(container.health().map(HealthView::of).orElse(null));
    }

    private StateView with(@Nullable HealthView seen) {
        return new StateView(
                status,
                running,
                paused,
                restarting,
                oomKilled,
                dead,
                pid,
                exitCode,
                error,
                startedAt,
                finishedAt,
                seen);
    }

    /** The state alone. */
    public static StateView of(ContainerState state) {
        return switch (state) {
            case ContainerState.Created _ ->
                new StateView("created", false, false, false, false, false, 0, 0, "", NEVER, NEVER, null);
            case ContainerState.Running running ->
                new StateView(
                        running.paused() ? "paused" : "running",
                        true,
                        running.paused(),
                        false,
                        false,
                        false,
                        running.pid(),
                        0,
                        running.error(),
                        Moments.text(running.startedAt()),
                        NEVER,
                        null);
            // As dockerd has it: running, with no process.
            case ContainerState.Restarting restarting ->
                new StateView(
                        "restarting",
                        true,
                        false,
                        true,
                        false,
                        false,
                        0,
                        restarting.exitCode(),
                        "",
                        Moments.text(restarting.startedAt()),
                        Moments.text(restarting.finishedAt()),
                        null);
            case ContainerState.Exited exited ->
                new StateView(
                        "exited",
                        false,
                        false,
                        false,
                        false,
                        false,
                        0,
                        exited.exitCode(),
                        exited.error(),
                        Moments.text(exited.startedAt()),
                        Moments.text(exited.finishedAt()),
                        null);
            case ContainerState.Dead dead ->
                new StateView("dead", false, false, false, false, true, 0, 255, dead.error(), NEVER, NEVER, null);
        };
    }
}
