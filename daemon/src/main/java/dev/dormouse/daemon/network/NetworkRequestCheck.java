package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses what no network can be made with, naming the field and what is allowed. */
final class NetworkRequestCheck {
    private static final Set<String> PREDEFINED = Set.of(Network.DEFAULT, "host", "none", "default");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,199}");
    /** dev_valid_name() of the kernel takes more; these are what netavark and the firewall's languages agree on. */
    private static final Pattern INTERFACE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,14}");

    /** Addresses that mean something else: RFC 1122, RFC 3927, RFC 5771, RFC 4291. */
    private static final List<Subnet> SPECIAL = List.of(
            Subnet.parse("0.0.0.0/8"),
            Subnet.parse("127.0.0.0/8"),
            Subnet.parse("169.254.0.0/16"),
            Subnet.parse("224.0.0.0/3"),
            Subnet.parse("::/8"),
            Subnet.parse("fe80::/10"),
            Subnet.parse("ff00::/8"));

    private NetworkRequestCheck() {}

    /** @throws EngineException.InvalidParameter at the first thing that is wrong */
    static void check(NetworkRequest request) {
        if (PREDEFINED.contains(request.name())) {
            throw new EngineException.Conflict(
                    "operation is not permitted on predefined " + request.name() + " network");
        }
        require(
                NAME.matcher(request.name()).matches(),
                "Name must be 1 to 200 letters, digits and _.-, beginning with a letter or digit, not '"
                        + request.name() + "'");
        request.bridge()
                .ifPresent(bridge -> require(
                        INTERFACE.matcher(bridge).matches() && !bridge.equals(DefaultBridge.INTERFACE),
                        "Options.com.docker.network.bridge.name must be 1 to 15 letters, digits and _.-, not '" + bridge
                                + "'"));
        request.ranges().forEach(NetworkRequestCheck::check);
        for (boolean ipv4 : new boolean[] {true, false}) {
            require(
                    request.ranges().stream()
                                    .filter(range -> subnet(range).isIpv4() == ipv4)
                                    .count()
                            <= 1,
                    "IPAM.Config must have at most one subnet of each family");
        }
        require(
                request.ipv6()
                        || request.ranges().stream()
                                .allMatch(range -> subnet(range).isIpv4()),
                "IPAM.Config.Subnet is IPv6 but EnableIPv6 is not set: make the network with --ipv6");
    }

    private static void check(NetworkRequest.Range range) {
        Subnet subnet = subnet(range);
        int longest = subnet.bits() - 2;
        int shortest = subnet.isIpv4() ? 8 : 32;
        require(
                subnet.prefixLength() >= shortest && subnet.prefixLength() <= longest,
                "IPAM.Config.Subnet must be a /" + shortest + " to /" + longest + ", not " + subnet);
        require(
                SPECIAL.stream().noneMatch(subnet::overlaps),
                "IPAM.Config.Subnet must be of addresses that hosts can have, not " + subnet);
        range.gateway()
                .ifPresent(gateway -> require(
                        new AddressRange(range.subnet(), "", range.pool()).mayHave(gateway),
                        "IPAM.Config.Gateway must be an address in " + subnet
                                + ", neither the first nor the last, not '" + gateway + "'"));
        range.pool()
                .ifPresent(pool -> require(
                        subnet.contains(parse("IPAM.Config.IPRange", pool)),
                        "IPAM.Config.IPRange must be in " + subnet + ", not " + pool));
    }

    private static Subnet subnet(NetworkRequest.Range range) {
        return parse("IPAM.Config.Subnet", range.subnet());
    }

    private static Subnet parse(String field, String text) {
        try {
            return Subnet.parse(text);
        } catch (IllegalArgumentException e) {
            throw new EngineException.InvalidParameter(field + ": " + e.getMessage());
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new EngineException.InvalidParameter(message);
        }
    }
}
