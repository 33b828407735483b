package dev.dormouse.daemon.restart;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Lets some containers start at once, each after a pause of its own length, so that many do not load the machine in the same instant.
 * Thread-safe.
 */
final class StartPace {
    /** The longest pause before a start. */
    static final Duration JITTER = Duration.ofMillis(200);

    private final Semaphore places;
    private final RandomGenerator random;
    private final Pause pause;

    StartPace(int atOnce, RandomGenerator random, Pause pause) {
        this.places = new Semaphore(atOnce, true);
        this.random = random;
        this.pause = pause;
    }

    /** Two for each core: a start is half waiting for programs and the kernel. */
    static StartPace ofThisMachine(RandomGenerator random) {
        return new StartPace(2 * Runtime.getRuntime().availableProcessors(), random, Thread::sleep);
    }

    /** Waits for a while. */
    @FunctionalInterface
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    /** Does it in its turn. */
    void run(Runnable start) throws InterruptedException {
        places.acquire();
        try {
            pause.of(Duration.ofMillis(random.nextLong(JITTER.toMillis() + 1)));
            start.run();
        } finally {
            places.release();
        }
    }
}
