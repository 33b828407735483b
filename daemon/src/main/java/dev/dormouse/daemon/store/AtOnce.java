package dev.dormouse.daemon.store;

import dev.dormouse.daemon.error.EngineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Does the same to many containers at once, on virtual threads, never to more of them than the machine bears. */
public final class AtOnce {
    private AtOnce() {}

    /**
     * Returns when all are done, at most {@link LoadBound} at a time.
     *
     * @throws EngineException.Failed if the work for one threw; the others were done nevertheless
     */
    public static <T> void forEach(Collection<T> items, Consumer<T> work) {
        forEach(items, LoadBound.ofThisMachine(items.size()), work);
    }

    static <T> void forEach(Collection<T> items, LoadBound bound, Consumer<T> work) {
        forEach(items, bound.atOnce(), work);
    }

    static <T> void forEach(Collection<T> items, int bound, Consumer<T> work) {
        Semaphore permits = new Semaphore(bound);
        List<Future<?>> done = new ArrayList<>(items.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T item : items) {
                permits.acquireUninterruptibly();
                done.add(threads.submit(() -> {
                    try {
                        work.accept(item);
                    } finally {
                        permits.release();
                    }
                }));
            }
        }
        done.stream()
                .filter(task -> task.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .reduce((first, next) -> {
                    first.addSuppressed(next);
                    return first;
                })
                .ifPresent(first -> {
                    throw new EngineException.Failed(
                            "of " + items.size() + " containers, some failed: " + first, first);
                });
    }
}
