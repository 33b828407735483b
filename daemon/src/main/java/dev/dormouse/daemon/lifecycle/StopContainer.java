package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.spec.Signals;
import dev.dormouse.daemon.store.ContainerStore;
import java.util.Optional;

/** {@code docker stop}. */
final class StopContainer {
    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final CurrentState state;
    private final RunObserver observer;
    private final ContainerEvents events;

    StopContainer(
            ContainerStore store,
            ContainerRuntime runtime,
            CurrentState state,
            RunObserver observer,
            ContainerEvents events) {
        this.store = store;
        this.runtime = runtime;
        this.state = state;
        this.observer = observer;
        this.events = events;
    }

    /** What a stop asks for, checked. */
    record Order(Optional<Integer> timeoutSeconds, Optional<String> signal) {
        static Order of(Optional<Integer> timeoutSeconds, Optional<String> signal) {
            timeoutSeconds.ifPresent(CreateRequestCheck::checkTimeout);
            return new Order(timeoutSeconds, signal.map(Signals::number).map(Signals::text));
        }

        /** The signal that will be sent first. */
        private int number(ContainerRecord container) {
            return signal.or(() -> container.config().stopSignal())
                    .map(Signals::number)
                    .orElse(Signals.SIGTERM);
        }
    }

    /** Its verbs are excluded. */
    void stop(ContainerEntry container, Order order) {
        if (!state.isRunning(container)) {
            observer.catchUp(container);
            throw new EngineException.NotModified(
                    "container " + container.record().name() + " is already stopped");
        }
        container.change(store, facts -> facts.withStoppedByHand(true));
        end(container, order);
        events.stopped(container.record());
    }

    /** Stops a running one without calling it a stop. */
    void end(ContainerEntry container, Order order) {
        ContainerRecord record = container.record();
        events.killed(record, order.number(record));
        runtime.stop(record, order.timeoutSeconds(), order.signal());
        observer.catchUp(container);
    }
}
