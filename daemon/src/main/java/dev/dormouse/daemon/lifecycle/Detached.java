package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Does a verb on a thread of its own while the caller waits, because a client that goes away interrupts the caller, and what was begun
 * must be finished (an interrupt would also close the files being written, {@link java.nio.channels.ClosedByInterruptException}).
 */
public final class Detached {
    private static final Object LOCK = new Object();
    private static int underWay;

    private Detached() {}

    /** Whether verbs are being done, perhaps with nobody waiting for them any more. */
    public static boolean isAnyUnderWay() {
        synchronized (LOCK) {
            return underWay > 0;
        }
    }

    /** Waits until no verb is being done; whether that came within this time. */
    public static boolean awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (LOCK) {
            while (underWay > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                LOCK.wait(left);
            }
            return true;
        }
    }

    /** Does something that nobody waits for, but a shutdown; its failures are its own business. */
    static void begin(String name, Runnable work) {
        synchronized (LOCK) {
            underWay++;
        }
        Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } finally {
                ended();
            }
        });
    }

    private static void ended() {
        synchronized (LOCK) {
            underWay--;
            LOCK.notifyAll();
        }
    }

    private static <T> T counted(Callable<T> work) throws Exception {
        try {
            return work.call();
        } finally {
            ended();
        }
    }

    /**
     * What the verb returns or throws.
     *
     * @throws EngineException.Failed if the caller is interrupted: the verb goes on; the flag is set
     */
    static <T> T call(String verb, Callable<T> work) {
        synchronized (LOCK) {
            underWay++;
        }
        FutureTask<T> task = new FutureTask<>(() -> counted(work));
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
