package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.spec.Signals;
import dev.dormouse.daemon.store.ContainerStore;

/** {@code docker kill}. Does not wait for its turn: it is what helps when a stop takes too long. */
final class KillContainer {
    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final CurrentState state;
    private final ContainerEvents events;

    KillContainer(ContainerStore store, ContainerRuntime runtime, CurrentState state, ContainerEvents events) {
        this.store = store;
        this.runtime = runtime;
        this.state = state;
        this.events = events;
    }

    /** @param reference what the client called it */
    void kill(ContainerEntry container, String reference, int signal) {
        ContainerRecord record = container.record();
        if (!state.isRunning(container)) {
            throw new EngineException.Conflict(
                    "cannot kill container: " + reference + ": container " + record.id() + " is not running");
        }
        if (signal == Signals.SIGKILL || signal == stopSignal(record)) {
            container.change(store, facts -> facts.withStoppedByHand(true));
        }
        runtime.kill(record, Signals.text(signal));
        events.killed(record, signal);
    }

    private static int stopSignal(ContainerRecord record) {
        return record.config().stopSignal().map(Signals::number).orElse(Signals.SIGTERM);
    }
}
