package dev.dormouse.daemon;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.lifecycle.StoppableContainers;
import dev.dormouse.daemon.shutdown.RunningContainers;
import java.util.List;

/** The engine's containers as a shutdown sees them. */
record ServiceContainers(StoppableContainers containers) implements RunningContainers {
    @Override
    public List<ContainerRecord> running() {
        return containers.running();
    }

    @Override
    public void stop(ContainerRecord container) {
        containers.stop(container);
    }

    @Override
    public void kill(ContainerRecord container) {
        containers.kill(container);
    }
}
