package dev.dormouse.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * How the clients of a UDP socket are met.
 *
 * @param sessionsMaximum at least 1; a further client takes the place of the one that has been silent for longest
 * @param timeout a session without traffic ends after it; above zero
 * @param doorkeeper decides by a client's address alone
 * @param held what may be held while a client's address is not known, all sockets of a service together
 */
public record DatagramReception(
        int sessionsMaximum, Duration timeout, Optional<Doorkeeper> doorkeeper, HeldBounds held) {
    /** Of a service that says nothing else. */
    public static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException if the maximum or the time is out of range */
    public DatagramReception {
        if (sessionsMaximum < 1) {
            throw new IllegalArgumentException("the maximum of sessions must be at least 1: " + sessionsMaximum);
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the time-out of a session must be above zero: " + timeout);
        }
    }

    /** Every client is let in, for the standard time. */
    public static DatagramReception plain(int sessionsMaximum) {
        return new DatagramReception(sessionsMaximum, STANDARD_TIMEOUT, Optional.empty(), HeldBounds.standard());
    }
}
