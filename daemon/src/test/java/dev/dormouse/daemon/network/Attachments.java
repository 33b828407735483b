package dev.dormouse.daemon.network;

import java.util.List;
import java.util.Optional;

/** Places on networks for tests. */
public final class Attachments {
    private Attachments() {}

    /** On the default network, 172.17.0.0/16. */
    public static Attachment onBridge(String address) {
        return on(network("bridge", "172.17.0.0/16"), address);
    }

    public static Attachment on(Network network, String address, String... aliases) {
        return new Attachment(
                network,
                "eth0",
                address,
                network.ipv6().map(range -> range.whole().at(2)),
                MacAddress.of(address),
                List.of(aliases),
                false);
    }

    /** A network whose id and bridge follow from its name. */
    public static Network network(String name, String subnet) {
        return new Network(
                "%064x".formatted(name.hashCode() & 0xffffffffL),
                name,
                name.equals("bridge") ? "dormouse0" : "br-" + name,
                AddressRange.of(Subnet.parse(subnet)),
                Optional.empty(),
                false);
    }
}
