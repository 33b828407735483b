package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** How far a restore has come, for callers that wait for one container of it, or for all. Thread-safe. */
public final class Arrivals {
    private final ContainerIndex index;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<ContainerId> arrived = new HashSet<>();
    private boolean registered;
    private boolean complete;
    private Optional<EngineException> failure = Optional.empty();

    Arrivals(ContainerIndex index) {
        this.index = index;
    }

    /** Every container is registered: who is asked for and not among them is not there. */
    public void registered() {
        change(() -> registered = true);
    }

    /** This container is as it will be. */
    public void arrived(ContainerId container) {
        change(() -> arrived.add(container));
    }

    /** All are as they will be. */
    public void complete() {
        change(() -> {
            registered = true;
            complete = true;
        });
    }

    /** No more will come; who waits is told why. */
    public void failed(EngineException cause) {
        change(() -> failure = Optional.of(cause));
    }

    /** Whether all are as they will be. */
    public boolean isComplete() {
        lock.lock();
        try {
            return complete;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for all.
     *
     * @return whether they came in time
     * @throws EngineException if they never will
     */
    public boolean awaitAll(Duration patience) throws InterruptedException {
        return await(patience, () -> complete);
    }

    /**
     * Waits for the container that is meant, and for no other; not at all, once every container is registered, for one that is not there.
     *
     * @param reference name, id or abbreviated id
     * @return whether it came in time
     * @throws EngineException if it never will
     */
    public boolean await(String reference, Duration patience) throws InterruptedException {
        return await(patience, () -> complete || (registered && isThere(reference)));
    }

    private boolean isThere(String reference) {
        try {
            return arrived.contains(index.get(reference).id());
        } catch (EngineException _) {
            return true; // there is nothing to wait for: the call itself says what is wrong with the reference
        }
    }

    private boolean await(Duration patience, BooleanSupplier there) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (failure.isEmpty() && !there.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(Math.min(left, TimeUnit.DAYS.toNanos(1)));
            }
            if (failure.isPresent()) {
                throw new EngineException.Failed(
                        "the engine could not start: " + failure.get().getMessage(), failure.get());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
