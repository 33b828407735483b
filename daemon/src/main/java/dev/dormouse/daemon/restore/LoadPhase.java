package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.lifecycle.RestoredContainers;
import dev.dormouse.daemon.store.ContainerStore;
import dev.dormouse.daemon.store.LoadedContainers;

/** Reads the containers and registers them by id and name. */
final class LoadPhase {
    private final ContainerStore store;
    private final RestoredContainers containers;

    LoadPhase(ContainerStore store, RestoredContainers containers) {
        this.store = store;
        this.containers = containers;
    }

    LoadedContainers run() {
        store.prepare();
        LoadedContainers loaded = store.load();
        loaded.stored().forEach(containers::register);
        loaded.broken().forEach(containers::quarantine);
        containers.arrivals().registered();
        return loaded;
    }
}
