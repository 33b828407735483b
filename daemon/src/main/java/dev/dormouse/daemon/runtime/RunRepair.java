package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.spec.ContainerId;

/**
 * Puts right what a restore finds wrong with runs. Thread-safe; throws {@link dev.dormouse.daemon.error.EngineException} only.
 */
public interface RunRepair {
    /** Ends a run that cannot go on and cleans up after it; when this returns nothing is left, and how it ended is on record. */
    void tearDown(ContainerRecord container);

    /** Gives the network namespace of a running container its name again. */
    void bindNamespace(ContainerRecord container);

    /** Ends what runs of a container that has no record, and takes away all that its run has made; nothing that is not ours. */
    void tearDownOrphan(ContainerId id);
}
