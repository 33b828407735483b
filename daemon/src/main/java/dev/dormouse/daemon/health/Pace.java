package dev.dormouse.daemon.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A monotonic clock, a wall clock, and a sleep that goes with them, so that a test can hold them all. */
interface Pace {
    /** The machine's own. */
    Pace SYSTEM = new Pace() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    };

    /** Nanoseconds since some fixed instant; only differences mean something. */
    long nanos();

    Instant now();

    /** Nothing if the time is zero or less. */
    void sleep(Duration time) throws InterruptedException;
}
