package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code docker rename}. */
final class RenameContainer {
    private static final Logger LOG = LoggerFactory.getLogger(RenameContainer.class);

    private final ContainerIndex index;
    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final CurrentState state;
    private final ContainerEvents events;

    RenameContainer(
            ContainerIndex index,
            ContainerStore store,
            ContainerRuntime runtime,
            CurrentState state,
            ContainerEvents events) {
        this.index = index;
        this.store = store;
        this.runtime = runtime;
        this.state = state;
        this.events = events;
    }

    /**
     * Its verbs are excluded.
     *
     * @param name of the form of a container's name
     */
    void rename(ContainerEntry container, String name) {
        ContainerRecord old = container.record();
        if (name.equals(old.name())) {
            throw new EngineException.InvalidParameter("Renaming a container with the same name as its current name");
        }
        new NameReservation(index, store).reserve(name, old.id()).ifPresent(holder -> {
            throw new EngineException.Conflict(
                    "Error when allocating new name: " + ContainerName.conflict(name, holder.value()));
        });
        String unitName = state.isActive(container) ? old.unitName() : name;
        ContainerRecord renamed = old.withNames(name, unitName);
        try {
            container.change(store, facts -> facts.withCompiled(false));
            store.save(renamed);
            runtime.compile(renamed);
        } catch (RuntimeException e) {
            takeBack(old, name, e);
            throw e;
        }
        container.replace(renamed);
        index.renamed(container, old.name());
        releaseUnused(old, renamed);
        container.change(store, facts -> facts.withCompiled(true));
        events.renamed(renamed, old.name());
    }

    private void releaseUnused(ContainerRecord old, ContainerRecord renamed) {
        for (String name : new String[] {old.name(), old.unitName()}) {
            if (!name.equals(renamed.name()) && !name.equals(renamed.unitName())) {
                release(name, old);
            }
        }
    }

    /** Renamed it is all the same; a name that nothing has any more the next restore frees. */
    private void release(String name, ContainerRecord old) {
        try {
            store.releaseName(name, old.id());
        } catch (EngineException e) {
            LOG.error(
                    "container {} was renamed, but its old name {} stays reserved until the engine starts again: {}",
                    old.id().abbreviated(),
                    name,
                    e.getMessage());
        }
    }

    /** The facts keep saying that it is not compiled, so the next start or restore puts its files right. */
    private void takeBack(ContainerRecord old, String name, RuntimeException why) {
        try {
            store.save(old);
            if (!name.equals(old.unitName())) {
                store.releaseName(name, old.id());
            }
        } catch (EngineException e) {
            why.addSuppressed(e);
        }
    }
}
