package dev.dormouse.daemon.network;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The network that is always there. */
final class DefaultBridge {
    static final String INTERFACE = "dormouse0";
    /** Nobody made it. */
    static final Instant CREATED = Instant.EPOCH;

    private DefaultBridge() {}

    static Network of(String id, Subnet subnet) {
        return new Network(id, Network.DEFAULT, INTERFACE, AddressRange.of(subnet), Optional.empty(), false);
    }

    static NetworkRecord record(Network network) {
        return NetworkRecord.of(network, CREATED, Map.of(), Map.of());
    }
}
