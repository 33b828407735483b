package dev.dormouse.waitport;

import java.time.Duration;

/** Asks a probe until it says yes, the time is over, or waiting is of no use. Stateless. */
public final class Wait {
    /** An attempt that the end of the wait cut below this says less than the attempt before it. */
    private static final Duration TELLING = Duration.ofMillis(25);

    private Wait() {}

    /**
     * Blocks until the probe is ready. The first attempt is made at once, also with a tiny timeout; every attempt is
     * bounded by the time that remains.
     *
     * @param timeout the time for everything; above zero
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static WaitOutcome until(Probe probe, Duration timeout, Backoff backoff) throws InterruptedException {
        return until(probe, timeout, backoff, Time.SYSTEM);
    }

    static WaitOutcome until(Probe probe, Duration timeout, Backoff backoff, Time time) throws InterruptedException {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be above zero: " + timeout);
        }
        long start = time.nanos();
        ProbeResult.NotYet last = new ProbeResult.NotYet(Cause.TIMED_OUT);
        Duration delay = backoff.first();
        Duration left = timeout;
        int attempts = 0;
        while (left.isPositive()) {
            ProbeResult result = probe.attempt(left);
            attempts++;
            switch (result) {
                case ProbeResult.Ready _ -> {
                    return new WaitOutcome.Ready(Duration.ofNanos(time.nanos() - start), attempts);
                }
                case ProbeResult.Broken broken -> {
                    return new WaitOutcome.Broken(broken.detail());
                }
                case ProbeResult.NotYet notYet -> last = attempts > 1 && cutShort(notYet, left) ? last : notYet;
            }
            left = timeout.minusNanos(time.nanos() - start);
            if (left.isPositive()) {
                time.sleep(delay.compareTo(left) < 0 ? delay : left);
                delay = backoff.after(delay);
                left = timeout.minusNanos(time.nanos() - start);
            }
        }
        return new WaitOutcome.TimedOut(last, timeout, attempts);
    }

    private static boolean cutShort(ProbeResult.NotYet result, Duration allowed) {
        return result.cause() == Cause.TIMED_OUT && allowed.compareTo(TELLING) < 0;
    }
}
