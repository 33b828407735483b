package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.log.LogQuery;
import dev.dormouse.daemon.log.LogReader;
import dev.dormouse.daemon.store.ContainerStore;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** {@code docker logs}. */
final class ReadLogs {
    private final ContainerStore store;
    private final LogReader logs;
    private final CurrentState state;
    private final RunObserver observer;

    ReadLogs(ContainerStore store, LogReader logs, CurrentState state, RunObserver observer) {
        this.store = store;
        this.logs = logs;
        this.state = state;
        this.observer = observer;
    }

    void read(ContainerEntry container, LogQuery query, Consumer<LogEntry> sink) {
        Path log = store.log(container.id());
        observer.catchUp(container);
        Future<Void> end =
                container.signals().nextEnd(); // before the look at the state: an end in between is not missed
        if (query.follow() && state.isRunning(container)) {
            logs.follow(log, query, end, sink);
        } else {
            logs.read(log, query, sink);
        }
    }
}
