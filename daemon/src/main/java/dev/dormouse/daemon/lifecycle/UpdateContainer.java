package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerStore;

/** {@code docker update --restart}. */
final class UpdateContainer {
    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final ContainerEvents events;

    UpdateContainer(ContainerStore store, ContainerRuntime runtime, ContainerEvents events) {
        this.store = store;
        this.runtime = runtime;
        this.events = events;
    }

    /** Its verbs are excluded. Killed at any instant, a restore compiles what the record says by then. */
    void update(ContainerEntry container, RestartPolicy policy) {
        ContainerRecord old = container.record();
        if (old.hostConfig().autoRemove() && policy.restarts()) {
            throw new EngineException.InvalidParameter(
                    "Restart policy cannot be updated because AutoRemove is enabled for the container");
        }
        ContainerRecord updated = old.with(old.hostConfig().withRestartPolicy(policy));
        container.change(store, facts -> facts.withCompiled(false));
        store.save(updated);
        container.replace(updated);
        runtime.compile(updated);
        container.change(store, facts -> facts.withCompiled(true));
        events.updated(updated);
    }
}
