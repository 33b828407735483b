package dev.dormouse.daemon.container;

import java.time.Instant;

/** Where a container is in its life. Closed: every switch over it is exhaustive. */
public sealed interface ContainerState {
    /** Made, never started. */
    record Created() implements ContainerState {}

    /**
     * Its process runs.
     *
     * @param pid of the container's init, in the engine's PID namespace
     */
    record Running(long pid, Instant startedAt) implements ContainerState {}

    /**
     * Its process ended, and its restart policy starts it again in a moment.
     *
     * @param exitCode 0 to 255, of the run that ended
     */
    record Restarting(int exitCode, Instant startedAt, Instant finishedAt) implements ContainerState {}

    /**
     * Its process ended.
     *
     * @param exitCode 0 to 255; 128 + n after signal n
     * @param error why it could not start, or empty
     */
    record Exited(int exitCode, Instant startedAt, Instant finishedAt, String error) implements ContainerState {}
}
