package dev.dormouse.daemon.log;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets one reader sleep until there is something to read. A signal that comes before {@link #await} is not lost. */
final class Wakeup implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final Semaphore signals = new Semaphore(0);
    private final Duration longest;
    private final Consumer<Wakeup> closed;

    private Wakeup(Duration longest, Consumer<Wakeup> closed) {
        this.longest = longest;
        this.closed = closed;
    }

    static Wakeup signalled(Consumer<Wakeup> closed) {
        return new Wakeup(Duration.ofDays(1), closed);
    }

    /** One that nobody signals: it wakes by itself every 20 ms. */
    static Wakeup polling() {
        return new Wakeup(POLL, _ -> {});
    }

    void signal() {
        signals.release();
    }

    /** Sleeps until signalled, or for this long. */
    void await(Duration atMost) throws InterruptedException {
        Duration wait = atMost.compareTo(longest) < 0 ? atMost : longest;
        if (signals.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            signals.drainPermits();
        }
    }

    @Override
    public void close() {
        closed.accept(this);
    }
}
