package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes of a request a network that goes with those there are, and with the host's routes.
 *
 * @param existing networks
 * @param routes what the host's routes reach
 * @param host from which the IPv6 pool is derived
 */
record NetworkPlan(Collection<Network> existing, Set<Subnet> routes, Supplier<HostId> host) {
    private static final int ID_IN_BRIDGE = 12;

    Network of(NetworkRequest request) {
        String id = ContainerId.random().value();
        return new Network(
                id,
                request.name(),
                bridge(request, id),
                asked(request, true).orElseGet(() -> AddressRange.of(freeSubnet())),
                ipv6(request),
                request.internal());
    }

    /** As dockerd names them, and 15 characters, the most that a name of an interface has (IFNAMSIZ). */
    private String bridge(NetworkRequest request, String id) {
        String name = request.bridge().orElse("br-" + id.substring(0, ID_IN_BRIDGE));
        existing.stream()
                .filter(network -> network.bridge().equals(name))
                .findFirst()
                .ifPresent(network -> {
                    throw new EngineException.Conflict("network " + network.name() + " has the bridge " + name
                            + "; choose another com.docker.network.bridge.name");
                });
        return name;
    }

    private Optional<AddressRange> ipv6(NetworkRequest request) {
        if (!request.ipv6()) {
            return Optional.empty();
        }
        return asked(request, false)
                .or(() -> Optional.of(AddressRange.of(AddressPools.firstFreeIpv6(host.get(), used()))));
    }

    private Optional<AddressRange> asked(NetworkRequest request, boolean ipv4) {
        return request.ranges().stream()
                .filter(range -> Subnet.parse(range.subnet()).isIpv4() == ipv4)
                .findFirst()
                .map(this::range);
    }

    private AddressRange range(NetworkRequest.Range asked) {
        Subnet subnet = Subnet.parse(asked.subnet());
        for (Network network : existing) {
            ranges(network).filter(subnet::overlaps).findFirst().ifPresent(other -> {
                throw new EngineException.Conflict("Pool overlaps with other one on this address space: subnet "
                        + subnet + " overlaps " + other + " of network " + network.name());
            });
        }
        routes.stream().filter(subnet::overlaps).findFirst().ifPresent(route -> {
            throw new EngineException.Conflict("Pool overlaps with other one on this address space: subnet " + subnet
                    + " overlaps " + route + ", which this host has a route to; choose another --subnet");
        });
        return new AddressRange(subnet.toString(), asked.gateway().orElse(subnet.at(1)), asked.pool());
    }

    /** The first IPv4 subnet that neither a network nor the host uses. */
    Subnet freeSubnet() {
        return AddressPools.firstFree(used());
    }

    private Set<Subnet> used() {
        Set<Subnet> used = new HashSet<>(routes);
        existing.stream().flatMap(NetworkPlan::ranges).forEach(used::add);
        return used;
    }

    private static Stream<Subnet> ranges(Network network) {
        return Stream.concat(Stream.of(network.ipv4()), network.ipv6().stream()).map(AddressRange::whole);
    }
}
