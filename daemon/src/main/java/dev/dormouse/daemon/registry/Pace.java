package dev.dormouse.daemon.registry;

import java.time.Duration;

/**
 * How long is waited for what.
 *
 * @param answer from a request to the head of its answer
 * @param stall between two bytes of a body
 * @param retry before the first repetition of a failed download; doubled with each further one
 */
public record Pace(Duration answer, Duration stall, Duration retry) {
    /** Of an engine. */
    public static final Pace USUAL = new Pace(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(1));
}
