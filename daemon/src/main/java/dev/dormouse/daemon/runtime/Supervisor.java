package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.reconcile.Observed;
import dev.dormouse.daemon.spec.ContainerId;

/** Runs the {@link UnitPlan} of containers. Thread-safe; throws {@link dev.dormouse.daemon.error.EngineException} only. */
interface Supervisor {
    /**
     * Runs the plan up to where the process runs; if a step fails, cleans up.
     *
     * @return whether it went well; {@link RunFiles#startError} and {@link RunFiles#ended} say what happened if not
     */
    Outcome start(ContainerRecord container);

    /** Stops and cleans up; returns when it is gone. */
    void stop(ContainerRecord container);

    /** Cleans up what is left of a container that does not run, and forgets its unit. */
    void forget(ContainerRecord container);

    /** What has become of a unit, by its name; of {@code container}, where there are no units. */
    Observed.Unit state(String unit, ContainerId container);

    /** Whether containers are units of systemd. */
    boolean leavesUnitsToSystemd();

    /** Keeps what the container's restart policy needs as its record says; durable. */
    void configure(ContainerRecord container);

    /** Undoes {@link #configure}. */
    void unconfigure(ContainerRecord container);

    /** Ends the wait before an automatic restart, and the start that follows it; returns when nothing is left of either. */
    void cancelRestart(ContainerRecord container);

    /** Whether it restarts containers without the engine. */
    boolean restartsByItself();

    /** The cgroup that the container gets, absolute. */
    String cgroup(ContainerRecord container);

    /** Whether the OCI runtime must filter devices, because the supervisor does not. */
    boolean leavesDevicesToRuntime();

    /**
     * How a start went.
     *
     * @param words what the supervisor has to say about a failure
     */
    record Outcome(boolean started, String words) {}
}
