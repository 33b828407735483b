package dev.dormouse.waitport;

import java.time.Duration;

/** Asks once whether a service is ready. Unless a probe says otherwise, one thread at a time may use it. */
@FunctionalInterface
public interface Probe {
    /**
     * Asks once. Never takes noticeably longer than the timeout and leaves nothing open.
     *
     * @param timeout the most that the attempt may take; above zero
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    ProbeResult attempt(Duration timeout) throws InterruptedException;
}
