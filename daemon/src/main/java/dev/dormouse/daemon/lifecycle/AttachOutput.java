package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.log.LogReader;
import dev.dormouse.daemon.log.OutputTap;
import dev.dormouse.daemon.store.ContainerStore;
import java.util.concurrent.Future;

/** {@code docker attach}, and what {@code docker start -a} and {@code docker run} read from: the log's growth during one run. */
final class AttachOutput {
    private final ContainerStore store;
    private final LogReader logs;
    private final RunObserver observer;
    private final ContainerEvents events;

    AttachOutput(ContainerStore store, LogReader logs, RunObserver observer, ContainerEvents events) {
        this.store = store;
        this.logs = logs;
        this.observer = observer;
        this.events = events;
    }

    Containers.Attachment begin(ContainerEntry container) {
        observer.catchUp(container); // the end of an earlier run must not end this
        Future<Void> end = container.signals().nextEnd();
        OutputTap tap = logs.tap(store.log(container.id()));
        events.attached(container.record());
        return sink -> {
            tap.stream(end, sink);
            if (Thread.interrupted()) {
                throw new InterruptedException("the client left");
            }
        };
    }
}
