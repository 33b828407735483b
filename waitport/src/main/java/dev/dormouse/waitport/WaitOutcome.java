package dev.dormouse.waitport;

import java.time.Duration;

/** How a wait ended. */
public sealed interface WaitOutcome {
    /**
     * The probe said yes.
     *
     * @param after time from the start of the wait
     * @param attempts how often the probe was asked, at least 1
     */
    record Ready(Duration after, int attempts) implements WaitOutcome {}

    /**
     * The time was over first.
     *
     * @param last what was last seen
     * @param timeout the time that was allowed
     */
    record TimedOut(ProbeResult.NotYet last, Duration timeout, int attempts) implements WaitOutcome {}

    /**
     * Waiting on would have been of no use.
     *
     * @param detail what is wrong, with the name of the thing
     */
    record Broken(String detail) implements WaitOutcome {}
}
