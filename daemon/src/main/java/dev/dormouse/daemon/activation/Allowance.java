package dev.dormouse.daemon.activation;

import java.time.Duration;

/** How many events the activator may tell: so many at once, then so many a second, lest it drives all others out of the history. */
final class Allowance {
    /** All services of a large machine at once. */
    private static final long BURST = 2000;

    private static final long PER_SECOND = 10;
    private static final long NANOS = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    private long left = BURST;
    private long sinceNanos;

    Allowance(long nanos) {
        this.sinceNanos = nanos;
    }

    /** Whether one more may be told at that {@link System#nanoTime}. */
    boolean take(long nanos) {
        long more = (nanos - sinceNanos) / NANOS;
        sinceNanos += more * NANOS;
        left = Math.min(BURST, left + more);
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
