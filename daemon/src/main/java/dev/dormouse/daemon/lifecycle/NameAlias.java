package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerStore;

/**
 * The name under which a container's unit was started, once the container has another one: the unit's scripts find it by that name
 * until they are done. Thread-safe; each call with the container's verbs excluded.
 */
final class NameAlias {
    private final ContainerStore store;
    private final ContainerRuntime runtime;

    NameAlias(ContainerStore store, ContainerRuntime runtime) {
        this.store = store;
        this.runtime = runtime;
    }

    static boolean has(ContainerEntry container) {
        return !container.record().unitName().equals(container.record().name());
    }

    /** Ends the alias of a container that does not run: its unit is the one of its name from now on. Nothing if there is none. */
    void drop(ContainerEntry container) {
        if (!has(container)) {
            return;
        }
        ContainerRecord old = container.record();
        // Its end is known before its unit has cleaned up, which it does by the old name.
        runtime.leaveUnit(old);
        ContainerRecord current = old.withNames(old.name(), old.name());
        store.save(current);
        container.replace(current);
        store.releaseName(old.unitName(), old.id());
    }
}
