package dev.dormouse.activator.service;

import java.time.Duration;

/** The delay after failures in a row: 1 s, doubled each time, at most 60 s. */
final class RetryDelay {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int DOUBLINGS = 6;

    private static final Duration FIRST_REFUSAL = Duration.ofMillis(5);

    private RetryDelay() {}

    /**
     * The delay.
     *
     * @param failures in a row, at least 1
     */
    static Duration after(int failures) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    /**
     * The delay before looking again for a container that seemed ready but refused a connection: 10 ms, doubled each time, at most 1 s.
     *
     * @param refusals in a row, at least 1
     */
    static Duration afterRefusals(int refusals) {
        Duration delay = FIRST_REFUSAL.multipliedBy(1L << Math.min(refusals, 8));
        return delay.compareTo(FIRST) < 0 ? delay : FIRST;
    }
}
