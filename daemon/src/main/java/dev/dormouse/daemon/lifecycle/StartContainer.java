package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code docker start}. */
final class StartContainer {
    private static final Logger LOG = LoggerFactory.getLogger(StartContainer.class);

    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final CurrentState state;
    private final PublishedPorts ports;
    private final RunObserver observer;
    private final NameAlias alias;
    private final Removal removal;

    StartContainer(
            ContainerStore store,
            ContainerRuntime runtime,
            CurrentState state,
            PublishedPorts ports,
            RunObserver observer,
            NameAlias alias,
            Removal removal) {
        this.store = store;
        this.runtime = runtime;
        this.state = state;
        this.ports = ports;
        this.observer = observer;
        this.alias = alias;
        this.removal = removal;
    }

    /** Its verbs are excluded. */
    void start(ContainerEntry container) {
        if (container.isRemoving()) {
            throw new EngineException.Conflict("container is marked for removal and cannot be started");
        }
        if (state.isActive(container)) {
            throw new EngineException.NotModified(
                    "container " + container.record().name() + " is already started");
        }
        begin(container);
    }

    /** Starts one that is neither running nor being removed; its verbs are excluded. */
    void begin(ContainerEntry container) {
        observer.catchUp(container);
        try {
            ports.requireFree(container);
            alias.drop(container);
            runtime.compile(container.record());
            container.change(store, facts -> facts.withCompiled(true));
            runtime.start(container.record());
        } catch (EngineException e) {
            throw failed(container, e);
        }
        observer.ran(container);
    }

    private EngineException failed(ContainerEntry container, EngineException cause) {
        StartFailure failure =
                StartFailure.of(container.record().name(), container.record().config(), cause);
        EngineException told = failure.exception(cause);
        try {
            observer.adopt(container);
            container.change(store, facts -> facts.withFailure(failure.asFact()));
            container.signals().notStarted();
            if (container.record().hostConfig().autoRemove()) {
                removal.remove(container);
            }
        } catch (EngineException e) {
            LOG.error(
                    "after a failed start of container {}: {}",
                    container.record().name(),
                    e.getMessage());
            told.addSuppressed(e);
        }
        return told;
    }
}
