package dev.dormouse.daemon.network;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The durable state of a network, {@code networks/ID.json}; the default one's is {@code networks/bridge.json}.
 *
 * @param options as it was made with ({@code -o})
 * @param lastAddress the IPv4 address given out last: the next free one after it is the next to be given, so that an address that was
 *     just returned rests for a while
 * @param lastAddress6 the same of IPv6
 * @param leases of the containers, by their full id
 */
public record NetworkRecord(
        int schema,
        Network network,
        Instant created,
        Map<String, String> labels,
        Map<String, String> options,
        String lastAddress,
        Optional<String> lastAddress6,
        Map<String, Lease> leases) {
    static final int SCHEMA = 2;

    public NetworkRecord {
        labels = Map.copyOf(labels);
        options = Map.copyOf(options);
        leases = Map.copyOf(leases);
    }

    static NetworkRecord of(Network network, Instant created, Map<String, String> labels, Map<String, String> options) {
        return new NetworkRecord(
                SCHEMA,
                network,
                created,
                labels,
                options,
                network.ipv4().gateway(),
                network.ipv6().map(AddressRange::gateway),
                Map.of());
    }

    /** The same with other leases. */
    NetworkRecord withLeases(Map<String, Lease> other) {
        return new NetworkRecord(schema, network, created, labels, options, lastAddress, lastAddress6, other);
    }

    /** The same with one lease more, which is the last to have been given. */
    NetworkRecord withLease(String container, Lease lease) {
        Map<String, Lease> more = new HashMap<>(leases);
        more.put(container, lease);
        return new NetworkRecord(schema, network, created, labels, options, lease.address(), lease.address6(), more);
    }
}
