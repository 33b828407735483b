package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.store.ContainerStore;

/** Takes a container that does not run off the machine, so that a killed engine finishes it later. Thread-safe. */
final class Removal {
    private final ContainerIndex index;
    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final Networks networks;
    private final CurrentState state;
    private final ContainerEvents events;

    Removal(
            ContainerIndex index,
            ContainerStore store,
            ContainerRuntime runtime,
            Networks networks,
            CurrentState state,
            ContainerEvents events) {
        this.index = index;
        this.store = store;
        this.runtime = runtime;
        this.networks = networks;
        this.state = state;
        this.events = events;
    }

    /**
     * Removes it; its verbs are excluded. When a step fails the container stays listed, can be removed again, and cannot be started.
     */
    void remove(ContainerEntry container) {
        int lastExitCode = state.lastExitCode(container);
        container.beginRemoval();
        store.markRemoving(container.id());
        erase(container.record());
        index.remove(container);
        container.endRemoval();
        events.destroyed(container.record());
        container.signals().removed(lastExitCode); // last: who waited may look at the events
    }

    /** Takes away everything of a container that was marked or never acknowledged. */
    void erase(ContainerRecord container) {
        runtime.discard(container);
        networks.release(container.id());
        store.releaseName(container.name(), container.id());
        store.releaseName(container.unitName(), container.id());
        store.delete(container.id());
    }

    /** Takes away what is left when even the record is gone. */
    void eraseRemains(ContainerId id) {
        networks.release(id);
        store.releaseNames(id);
        store.delete(id);
    }
}
