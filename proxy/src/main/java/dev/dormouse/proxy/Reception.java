package dev.dormouse.proxy;

import dev.dormouse.proxy.source.SourceLimit;
import dev.dormouse.units.service.ProxyProtocol;
import java.util.Optional;

/**
 * How the clients of a listener are met.
 *
 * @param connectionsMaximum at least 1; further clients stay in the kernel's queue
 * @param doorkeeper looks at each client before its backend is asked for
 * @param waitingRoom answers those that are held for too long
 * @param proxyProtocol what is sent to the backend before the client's own bytes
 * @param sources how many clients of one source are served at once; shared by all listeners that have this reception
 */
public record Reception(
        int connectionsMaximum,
        Optional<Doorkeeper> doorkeeper,
        Optional<WaitingRoom> waitingRoom,
        Optional<ProxyProtocol> proxyProtocol,
        Optional<SourceLimit> sources) {
    /** @throws IllegalArgumentException if the maximum is below 1 */
    public Reception {
        if (connectionsMaximum < 1) {
            throw new IllegalArgumentException("the maximum of connections must be at least 1: " + connectionsMaximum);
        }
    }

    /** However many clients come from one source. */
    public Reception(
            int connectionsMaximum,
            Optional<Doorkeeper> doorkeeper,
            Optional<WaitingRoom> waitingRoom,
            Optional<ProxyProtocol> proxyProtocol) {
        this(connectionsMaximum, doorkeeper, waitingRoom, proxyProtocol, Optional.empty());
    }

    /** Every client is let in and held. */
    public static Reception plain(int connectionsMaximum) {
        return new Reception(connectionsMaximum, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
