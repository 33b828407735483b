package dev.dormouse.waitport;

import java.time.Duration;

/**
 * The delays between attempts: the first, then doubled each time up to the maximum.
 *
 * @param first delay after the first attempt; above zero
 * @param maximum no delay is longer; at least {@code first}
 */
public record Backoff(Duration first, Duration maximum) {
    /** Starts at 1 ms, never exceeds 25 ms: for probes that cost next to nothing. */
    public static final Backoff STANDARD = new Backoff(Duration.ofMillis(1), Duration.ofMillis(25));

    /** Starts at 25 ms, never exceeds 1 s: for probes that start a process. */
    public static final Backoff COMMAND = new Backoff(Duration.ofMillis(25), Duration.ofSeconds(1));

    public Backoff {
        if (!first.isPositive()) {
            throw new IllegalArgumentException("first delay must be above zero: " + first);
        }
        if (maximum.compareTo(first) < 0) {
            throw new IllegalArgumentException("maximum delay " + maximum + " is below the first delay " + first);
        }
    }

    /** The standard delays with another maximum, at least 1 ms. */
    public static Backoff upTo(Duration maximum) {
        return new Backoff(STANDARD.first, maximum);
    }

    /** The delay that follows the given one. */
    public Duration after(Duration delay) {
        Duration doubled = delay.multipliedBy(2);
        return doubled.compareTo(maximum) < 0 ? doubled : maximum;
    }
}
