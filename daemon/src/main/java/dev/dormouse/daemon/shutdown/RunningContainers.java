package dev.dormouse.daemon.shutdown;

import dev.dormouse.daemon.container.ContainerRecord;
import java.util.List;

/** What a shutdown does with containers. Thread-safe. */
public interface RunningContainers {
    /** Those that run now. */
    List<ContainerRecord> running();

    /** Stops one with its own signal and in its own time, killing it after that; returns when it is gone. */
    void stop(ContainerRecord container);

    /** Kills one, whatever else is being done with it; does not wait. */
    void kill(ContainerRecord container);
}
