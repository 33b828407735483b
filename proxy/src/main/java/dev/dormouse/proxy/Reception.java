package dev.dormouse.proxy;

import dev.dormouse.units.service.ProxyProtocol;
import java.util.Optional;

/**
 * How the clients of a listener are met.
 *
 * @param connectionsMaximum at least 1; further clients stay in the kernel's queue
 * @param doorkeeper looks at each client before its backend is asked for
 * @param waitingRoom answers those that are held for too long
 * @param proxyProtocol what is sent to the backend before the client's own bytes
 */
public record Reception(
        int connectionsMaximum,
        Optional<Doorkeeper> doorkeeper,
        Optional<WaitingRoom> waitingRoom,
        Optional<ProxyProtocol> proxyProtocol) {
    /** @throws IllegalArgumentException if the maximum is below 1 */
    public Reception {
        if (connectionsMaximum < 1) {
            throw new IllegalArgumentException("the maximum of connections must be at least 1: " + connectionsMaximum);
        }
    }

    /** Every client is let in and held. */
    public static Reception plain(int connectionsMaximum) {
        return new Reception(connectionsMaximum, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
