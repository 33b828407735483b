package dev.dormouse.activator.service;

import java.time.Duration;

/** What went wrong with a container in a row, and how long to wait for that. Used by tasks of the agenda only. */
final class Setbacks {
    /** A connect that fails this soon after the container was ready is not cured by waking at once again. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Agenda agenda;
    private int failures;
    private int refusals;
    private long retryNanos;

    Setbacks(Agenda agenda) {
        this.agenda = agenda;
    }

    /** A wake has ended well. */
    void woken() {
        failures = 0;
    }

    /** A wake has failed; the time before the next. */
    Duration failed() {
        failures++;
        Duration delay = RetryDelay.after(failures);
        retryNanos = agenda.nanos() + delay.toNanos();
        return delay;
    }

    /** What is left of it. */
    Duration untilRetry() {
        return Duration.ofNanos(retryNanos - agenda.nanos());
    }

    /** A connect was refused this long after the container was ready; the time before looking again. */
    Duration refused(Duration sinceAwake) {
        boolean settled = sinceAwake.compareTo(SETTLED) > 0;
        refusals = settled ? 0 : refusals + 1;
        return settled ? Duration.ZERO : RetryDelay.afterRefusals(refusals);
    }
}
