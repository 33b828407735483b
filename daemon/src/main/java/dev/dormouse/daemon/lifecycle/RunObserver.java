package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerStore;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes starts and exits known, whoever caused them: to the event stream, to those who wait, to the facts on disk, each once, starts
 * and exits of one container in order. Thread-safe.
 */
final class RunObserver {
    private static final Logger LOG = LoggerFactory.getLogger(RunObserver.class);

    private final ContainerIndex index;
    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final ContainerEvents events;
    private final AfterExit afterExit;

    RunObserver(
            ContainerIndex index,
            ContainerStore store,
            ContainerRuntime runtime,
            ContainerEvents events,
            AfterExit afterExit) {
        this.index = index;
        this.store = store;
        this.runtime = runtime;
        this.events = events;
        this.afterExit = afterExit;
    }

    /** From now on also what {@code systemctl} does is seen. */
    ContainerRuntime.Subscription watch() {
        return runtime.watch(this::changed);
    }

    /** A start through us has succeeded; what it started may have ended already. */
    void ran(ContainerEntry container) {
        ContainerRecord record = container.record();
        runtime.running(record)
                .ifPresentOrElse(
                        run -> started(container, run),
                        () -> runtime.lastExit(record).ifPresent(exit -> {
                            started(container, new ContainerRuntime.Running(0, exit.startedAt()));
                            exited(container, exit);
                        }));
    }

    /** Makes an exit known that the watch has not told of yet, so that it is not taken for one of the next run. */
    void catchUp(ContainerEntry container) {
        runtime.lastExit(container.record()).ifPresent(exit -> exited(container, exit));
    }

    /**
     * Takes what is there as known: nobody waits for it. What happened while no engine was there goes to the event stream, if no earlier
     * engine has told of it.
     */
    void adopt(ContainerEntry container) {
        ContainerRecord record = container.record();
        synchronized (container.seen()) {
            runtime.lastExit(record)
                    .filter(exit -> exit.startedAt().isAfter(Instant.EPOCH))
                    .ifPresent(exit -> {
                        if (container.seen().start(exit.startedAt())) {
                            events.startedBefore(record, exit.startedAt());
                        }
                        if (container.seen().exit(exit.startedAt())) {
                            events.diedBefore(record, exit);
                        }
                        Instant known = container.facts().lastStart().orElse(Instant.EPOCH);
                        if (exit.startedAt().isAfter(known)) {
                            remember(container, new ContainerRuntime.Running(0, exit.startedAt()));
                        }
                    });
            runtime.running(record).ifPresent(run -> {
                if (container.seen().start(run.startedAt())) {
                    remember(container, run);
                    events.startedBefore(record, run.startedAt());
                }
            });
        }
    }

    private void changed(ContainerRuntime.Change change) {
        index.byId(change.container().value()).ifPresent(container -> {
            switch (change) {
                case ContainerRuntime.Change.Started started -> started(container, started.process());
                case ContainerRuntime.Change.Exited exited -> exited(container, exited.exit());
            }
        });
    }

    private void started(ContainerEntry container, ContainerRuntime.Running run) {
        synchronized (container.seen()) {
            if (container.seen().start(run.startedAt())) {
                remember(container, run);
                events.started(container.record(), run.startedAt());
            }
        }
    }

    private void exited(ContainerEntry container, ContainerRuntime.Exit exit) {
        if (!exit.startedAt().isAfter(Instant.EPOCH)) {
            return; // a start that failed leaves an exit code too (docs/internals.md), but nothing ran
        }
        synchronized (container.seen()) {
            if (!container.seen().exit(exit.startedAt())) {
                return;
            }
            container.trouble(""); // of this run's ports
            events.died(container.record(), exit);
            container.signals().exited(exit.exitCode());
        }
        afterExit.begin(container);
    }

    private void remember(ContainerEntry container, ContainerRuntime.Running run) {
        try {
            container.change(store, facts -> facts.withStart(run.startedAt()));
        } catch (EngineException e) {
            LOG.error(
                    "container {} runs, but that could not be written down: {}",
                    container.record().name(),
                    e.getMessage());
        }
    }
}
