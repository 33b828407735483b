package dev.dormouse.waitport;

import java.time.Duration;

/** The instant, on {@link System#nanoTime}, at which an attempt must be over. */
record Deadline(long endNanos) {
    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    boolean over() {
        return nanosLeft() <= 0;
    }

    long nanosLeft() {
        return endNanos - System.nanoTime();
    }

    /** Whole milliseconds that remain, rounded up and at least 1, as calls that take 0 for "for ever" want them. */
    int millisLeft() {
        long millis = (nanosLeft() + 999_999) / 1_000_000;
        return Math.clamp(millis, 1, Integer.MAX_VALUE);
    }
}
