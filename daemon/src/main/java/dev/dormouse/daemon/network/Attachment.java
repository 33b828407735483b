package dev.dormouse.daemon.network;

import java.util.List;
import java.util.Optional;

/**
 * A container's place on a network, fixed from create or connect to remove or disconnect.
 *
 * @param network as it is; it never changes
 * @param interfaceName the container's: {@code eth0}
 * @param address IPv4 literal
 * @param address6 IPv6 literal; absent on a network without IPv6
 * @param macAddress lower case, colon-separated
 * @param aliases by which others on the network find it, besides its name
 * @param chosen whether the client asked for the address ({@code --ip}, {@code --ip6})
 */
public record Attachment(
        Network network,
        String interfaceName,
        String address,
        Optional<String> address6,
        String macAddress,
        List<String> aliases,
        boolean chosen) {
    public Attachment {
        aliases = List.copyOf(aliases);
    }

    /** A place with the hardware address that follows from the IPv4 address. */
    static Attachment of(Network network, String interfaceName, Lease lease, Endpoint asked) {
        return new Attachment(
                network,
                interfaceName,
                lease.address(),
                lease.address6(),
                MacAddress.of(lease.address()),
                asked.aliases(),
                asked.address().isPresent() || asked.address6().isPresent());
    }

    public int prefixLength() {
        return network.ipv4().prefixLength();
    }

    /** IPv4 literal of the bridge. */
    public String gateway() {
        return network.ipv4().gateway();
    }

    /** {@code 172.17.0.0/16}. */
    public String subnet() {
        return network.ipv4().subnet();
    }
}
