package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.health.Health;
import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs containers: under systemd as {@code dormouse-container@} units, without systemd by the same plan of commands. Thread-safe.
 * What it reports comes from the machine (conmon's pid and exit files), never from memory, so it is right after a restart of the
 * engine and for containers that {@code systemctl} started or stopped. Every method throws
 * {@link dev.dormouse.daemon.error.EngineException} only.
 */
public interface ContainerRuntime {
    /**
     * Writes everything a start needs that is not there: bundle, environment file of the unit, wake file, network files. Durable
     * when it returns; idempotent; called at create, after a rename, and before a start.
     */
    void compile(ContainerRecord container);

    /**
     * Starts what {@link #compile} wrote, and returns when its process runs.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Failed with the cause as crun, conmon, mount or netavark said it
     */
    void start(ContainerRecord container);

    /**
     * Stops it: its stop signal, then SIGKILL after the time-out; returns when it is gone. One that waits to be restarted is not
     * restarted. Else nothing if it does not run.
     *
     * @param timeoutSeconds -1 waits for ever; absent: the container's own
     * @param signal absent: the container's own
     */
    void stop(ContainerRecord container, Optional<Integer> timeoutSeconds, Optional<String> signal);

    /** The end of the current run will be a user's doing: no restart follows it. To be called before {@link #kill}. */
    void expectKill(ContainerRecord container);

    /** What is known of its automatic restarts. */
    Restarts restarts(ContainerRecord container);

    /** Whether containers are restarted while no engine is there; if not, the engine does it when {@link Restarts#next} is due. */
    boolean restartsByItself();

    /**
     * Stops it, by its own signal and in its own time, because the engine ends: nobody wanted it down, so its restart policy still holds.
     * Nothing if it does not run.
     */
    void stopForNow(ContainerRecord container);

    /**
     * Sends a signal to its init.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if it does not run
     */
    void kill(ContainerRecord container, String signal);

    /**
     * Waits until the unit of its last run has cleaned up, and has it forgotten: its next run is under another name. It must not be
     * running.
     */
    void leaveUnit(ContainerRecord container);

    /**
     * Puts a running container on the networks that {@link #compile} wrote, and takes it off all others; idempotent. Nothing if it does
     * not run: it will be on them when it starts.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Failed with netavark's reason, or if it is being started for longer than 30 s; the
     *     next call tries again
     */
    void connect(ContainerRecord container);

    /** Undoes {@link #compile}, and every mount, namespace and file that is left of it. It must not be running. */
    void discard(ContainerRecord container);

    /** The running process, if there is one. */
    Optional<Running> running(ContainerRecord container);

    /** The health of its last run, if it has a health check and ran since the machine started. */
    default Optional<Health> health(ContainerRecord container) {
        return Optional.empty();
    }

    /**
     * How the last run ended, if one has ended and none runs. A start that failed counts, with docker's code (127 no such command, 126
     * not executable, else 128) and {@link Instant#EPOCH} as its start; {@link #watch} tells nothing of it.
     */
    Optional<Exit> lastExit(ContainerRecord container);

    /** Whether its process is frozen (cgroup v2, cgroup.events); false if it does not run. */
    boolean isFrozen(ContainerRecord container);

    /** What is true of containers, for a restore. */
    Observation observation();

    /** What a restore can do about it. */
    RunRepair repair();

    /**
     * Calls {@code listener} for every start and exit from now on, whoever caused it, on a thread of the runtime's; starts and exits
     * of one container come in order. Closing the subscription ends it.
     */
    Subscription watch(Consumer<Change> listener);

    /**
     * The running container.
     *
     * @param pid of its init
     */
    record Running(long pid, Instant startedAt) {}

    /**
     * How a run ended.
     *
     * @param exitCode 0 to 255
     */
    record Exit(int exitCode, Instant startedAt, Instant finishedAt) {}

    /** Something happened to a container. */
    sealed interface Change {
        ContainerId container();

        record Started(ContainerId container, Running process) implements Change {}

        record Exited(ContainerId container, Exit exit) implements Change {}
    }

    /** Ends a {@link #watch}. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
