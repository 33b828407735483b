package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.reconcile.Outcome;
import dev.dormouse.daemon.reconcile.Reconciliation;
import dev.dormouse.daemon.reconcile.Recorded;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerFacts;
import dev.dormouse.daemon.store.ContainerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks what is true of a container and does what the table says ({@link Reconciliation}). Thread-safe. */
final class ReconcileContainer {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileContainer.class);

    static final String MACHINE_WENT_DOWN = "how its last run ended was not recorded: the machine went down with it;"
            + " the time is when the machine was booted again";
    static final String NOT_RECORDED =
            "how its last run ended was not recorded: its unit was killed, or its files in /run are gone;"
                    + " the time is when that was found";

    /** conmon outlives its container by milliseconds. */
    private static final Duration ENDING = Duration.ofSeconds(2);

    private static final Duration STEP = Duration.ofMillis(20);

    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final RunObserver observer;
    private final Observation observation;

    ReconcileContainer(ContainerStore store, ContainerRuntime runtime, RunObserver observer) {
        this.store = store;
        this.runtime = runtime;
        this.observer = observer;
        this.observation = runtime.observation();
    }

    /** Its verbs are excluded. */
    void reconcile(ContainerEntry container) {
        Outcome outcome = outcome(container);
        LOG.debug("container {}: {}", container.record().name(), outcome);
        switch (outcome) {
            case Outcome.Keep keep -> settle(container, keep.repairs());
            case Outcome.Adopt adopt -> {
                settle(container, adopt.repairs());
                connect(container);
            }
            case Outcome.RecordExit exit -> settle(container, exit.repairs());
            case Outcome.RecordLost lost -> {
                settle(container, lost.repairs());
                lost(container, lost.by());
            }
            case Outcome.TearDown end -> {
                LOG.warn(
                        "container {} is stopped: {}",
                        container.record().name(),
                        end.reason().words());
                runtime.repair().tearDown(container.record());
                settle(container, end.repairs());
            }
            case Outcome.LeaveToUnit _ -> observer.adopt(container);
            case Outcome.AwaitEnd _, Outcome.FinishRemoval _, Outcome.LeaveDead _ ->
                throw new IllegalStateException(outcome + " is no outcome of a container that can be used");
        }
    }

    /** What a connect or disconnect that was killed has left undone. */
    private void connect(ContainerEntry container) {
        if (runtime.running(container.record()).isPresent()) {
            runtime.connect(container.record());
        }
    }

    private Outcome outcome(ContainerEntry container) {
        long deadline = System.nanoTime() + ENDING.toNanos();
        Observation.Subject subject = subject(container);
        Outcome outcome = Reconciliation.outcome(recorded(container.facts()), observation.of(subject));
        while (outcome instanceof Outcome.AwaitEnd && System.nanoTime() < deadline) {
            // Its end is seen by nothing but looking: the watch tells only of those that the engine knows already.
            LockSupport.parkNanos(STEP.toNanos());
            outcome = Reconciliation.outcome(recorded(container.facts()), observation.of(subject));
        }
        return outcome instanceof Outcome.AwaitEnd
                ? new Outcome.TearDown(Outcome.Reason.NOT_ENDING, Set.of())
                : outcome;
    }

    private void settle(ContainerEntry container, Set<Outcome.Repair> repairs) {
        observer.adopt(container);
        for (Outcome.Repair repair : repairs) {
            switch (repair) {
                case COMPILE -> {
                    runtime.compile(container.record());
                    container.change(store, facts -> facts.withCompiled(true));
                }
                case BIND_NAMESPACE -> {
                    LOG.warn(
                            "container {}: its network namespace had lost its name",
                            container.record().name());
                    runtime.repair().bindNamespace(container.record());
                }
            }
        }
    }

    private void lost(ContainerEntry container, Optional<Instant> by) {
        String words = by.isPresent() ? MACHINE_WENT_DOWN : NOT_RECORDED;
        ContainerFacts.Failure failure =
                new ContainerFacts.Failure(CurrentState.UNKNOWN, words, by.orElseGet(Instant::now));
        LOG.warn("container {}: {}", container.record().name(), words);
        container.change(store, facts -> facts.withFailure(failure));
    }

    /** What {@code state.json} says; the end of a run is not in it, but in the unit's own file. */
    static Recorded recorded(ContainerFacts facts) {
        if (facts.failure().isPresent()) {
            return Recorded.EXITED;
        }
        return facts.lastStart().isPresent() ? Recorded.RUNNING : Recorded.CREATED;
    }

    private static Observation.Subject subject(ContainerEntry container) {
        ContainerRecord record = container.record();
        ContainerFacts facts = container.facts();
        return new Observation.Subject(
                record.id(),
                record.unitName(),
                record.hostConfig().networkMode().isBridged(),
                facts.compiled(),
                facts.failure().map(ContainerFacts.Failure::at).or(facts::lastStart),
                recorded(facts) == Recorded.RUNNING);
    }
}
