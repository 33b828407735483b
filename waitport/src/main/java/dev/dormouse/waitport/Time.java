package dev.dormouse.waitport;

import java.time.Duration;

/** A monotonic clock and a sleep that goes with it, so that a test can hold both. */
interface Time {
    /** The machine's own. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    /** Nanoseconds since some fixed instant; only differences mean something. */
    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
