package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.store.ContainerFacts;
import dev.dormouse.daemon.store.ContainerStore;
import dev.dormouse.daemon.store.LoadedContainers;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * One container in memory: its record and facts as they are on disk, and what orders its verbs. Whether it runs is never kept here.
 * Thread-safe.
 */
final class ContainerEntry {
    /** Fair: verbs of one container are done in the order in which they came. */
    private final ReentrantLock verbs = new ReentrantLock(true);

    private final RunSignals signals = new RunSignals();
    private final SeenRuns seen = new SeenRuns();
    private final Optional<LoadedContainers.Broken> quarantine;
    private final Object factsLock = new Object();
    private volatile ContainerRecord record;
    private volatile ContainerFacts facts;
    private volatile boolean removing;
    private volatile boolean removed;
    private volatile String trouble = "";

    ContainerEntry(ContainerRecord record, ContainerFacts facts) {
        this(record, facts, Optional.empty());
    }

    /** A quarantined one. */
    ContainerEntry(ContainerRecord placeholder, LoadedContainers.Broken broken) {
        this(placeholder, ContainerFacts.NONE, Optional.of(broken));
    }

    private ContainerEntry(ContainerRecord record, ContainerFacts facts, Optional<LoadedContainers.Broken> quarantine) {
        this.record = record;
        this.facts = facts;
        this.quarantine = quarantine;
    }

    ContainerId id() {
        return record.id();
    }

    ContainerRecord record() {
        return record;
    }

    /** Only with {@link #exclusively}. */
    void replace(ContainerRecord newRecord) {
        record = newRecord;
    }

    ContainerFacts facts() {
        return facts;
    }

    /** Changes the facts, on disk first. Kill changes them too, and that does not wait for its turn. */
    void change(ContainerStore store, UnaryOperator<ContainerFacts> change) {
        synchronized (factsLock) {
            ContainerFacts changed = change.apply(facts);
            if (!changed.equals(facts) && !removing) {
                store.saveFacts(id(), changed);
                facts = changed;
            }
        }
    }

    /** Why nothing but its removal is possible; absent: everything is. */
    Optional<LoadedContainers.Broken> quarantine() {
        return quarantine;
    }

    /** What is not as it was asked for while it runs, or empty. */
    String trouble() {
        return trouble;
    }

    void trouble(String words) {
        trouble = words;
    }

    RunSignals signals() {
        return signals;
    }

    /** Only synchronized on it. */
    SeenRuns seen() {
        return seen;
    }

    boolean isRemoving() {
        return removing;
    }

    /** Its removal has begun: no fact of it is written any more. */
    void beginRemoval() {
        synchronized (factsLock) {
            removing = true;
        }
    }

    boolean isRemoved() {
        return removed;
    }

    void endRemoval() {
        removed = true;
    }

    /** Does something when no other verb of this container is being done. */
    void exclusively(Runnable verb) {
        verbs.lock();
        try {
            verb.run();
        } finally {
            verbs.unlock();
        }
    }
}
