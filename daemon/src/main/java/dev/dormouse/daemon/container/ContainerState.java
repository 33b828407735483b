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
     * @param paused whether it is frozen
     * @param error what is not as it was asked for, though it runs; or empty
     */
    record Running(long pid, Instant startedAt, boolean paused, String error) implements ContainerState {
        public Running(long pid, Instant startedAt) {
            this(pid, startedAt, false, "");
        }
    }

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

    /**
     * Its record cannot be used: it is quarantined, and can only be removed.
     *
     * @param error what is wrong with it and what to do
     * @param since when its folder was last changed
     */
    record Dead(String error, Instant since) implements ContainerState {}
}
