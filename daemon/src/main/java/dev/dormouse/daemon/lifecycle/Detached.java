package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does a verb on a thread of its own while the caller waits, because a client that goes away interrupts the caller, and what was begun
 * must be finished (an interrupt would also close the files being written, {@link java.nio.channels.ClosedByInterruptException}).
 */
final class Detached {
    private Detached() {}

    /**
     * What the verb returns or throws.
     *
     * @throws EngineException.Failed if the caller is interrupted: the verb goes on; the flag is set
     */
    static <T> T call(String verb, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name(verb).start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Failed("the " + verb + " goes on, though nobody waits for it any more", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException known -> known;
                case Error error -> throw error;
                case null, default -> new EngineException.Failed("the " + verb + " failed: " + e.getCause(), e);
            };
        }
    }

    static void run(String verb, Runnable work) {
        call(verb, () -> {
            work.run();
            return true;
        });
    }
}
