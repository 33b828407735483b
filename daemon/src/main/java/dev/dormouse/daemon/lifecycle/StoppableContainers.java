package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import java.util.List;

/** What a shutdown does to single containers; the order is its own ({@code daemon.shutdown}). Thread-safe. */
public final class StoppableContainers {
    private final ContainerIndex index;
    private final ContainerRuntime runtime;
    private final CurrentState state;
    private final StopContainer stop;
    private final ContainerEvents events;

    StoppableContainers(
            ContainerIndex index,
            ContainerRuntime runtime,
            CurrentState state,
            StopContainer stop,
            ContainerEvents events) {
        this.index = index;
        this.runtime = runtime;
        this.state = state;
        this.stop = stop;
        this.events = events;
    }

    /** All that are usable, running or not. */
    public List<ContainerRecord> all() {
        return index.all().stream()
                .filter(container -> container.quarantine().isEmpty())
                .map(ContainerEntry::record)
                .toList();
    }

    /** Those that run now. */
    public List<ContainerRecord> running() {
        return index.all().stream()
                .filter(container -> container.quarantine().isEmpty())
                .filter(state::isRunning)
                .map(ContainerEntry::record)
                .toList();
    }

    /** Stops one in its turn, with its own signal and time-out. It is not taken for stopped by hand: a restart policy still holds. */
    public void stop(ContainerRecord stopped) {
        index.byId(stopped.id().value())
                .ifPresent(container -> container.exclusively(() -> {
                    if (state.isRunning(container)) {
                        stop.endForNow(container);
                        events.stopped(container.record());
                    }
                }));
    }

    /** Kills one, whatever verb of it is being done. */
    public void kill(ContainerRecord killed) {
        runtime.kill(killed, "SIGKILL");
    }
}
