package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Docker's default address pools (moby, daemon/libnetwork/ipamutils). */
public final class AddressPools {
    private static final List<AddressPool> IPV4 = List.of(
            new AddressPool("172.17.0.0/16", 16),
            new AddressPool("172.18.0.0/16", 16),
            new AddressPool("172.19.0.0/16", 16),
            new AddressPool("172.20.0.0/14", 16),
            new AddressPool("172.24.0.0/14", 16),
            new AddressPool("172.28.0.0/14", 16),
            new AddressPool("192.168.0.0/16", 20));

    private AddressPools() {}

    /**
     * All of a host's.
     *
     * @param host from which its IPv6 pool is derived; absent: it has none
     */
    public static List<AddressPool> of(Optional<HostId> host) {
        List<AddressPool> pools = new ArrayList<>(IPV4);
        host.map(UniqueLocalPool::of).ifPresent(pools::add);
        return List.copyOf(pools);
    }

    /**
     * The first IPv4 subnet that nothing uses, so that a bridge never cuts the host off from a network it uses.
     *
     * @throws EngineException.Failed if every subnet is in use
     */
    static Subnet firstFree(Set<Subnet> used) {
        return firstFree(IPV4.stream(), used)
                .orElseThrow(
                        () -> new EngineException.Failed(
                                "no subnet is left for the network: other networks and this host's routes cover all of 172.17.0.0/16 to"
                                        + " 172.31.0.0/16 and 192.168.0.0/16; remove a network or a route, or give the network a --subnet"));
    }

    /**
     * The first IPv6 subnet of a host's own pool that nothing uses.
     *
     * @throws EngineException.Failed if every subnet is in use
     */
    static Subnet firstFreeIpv6(HostId host, Set<Subnet> used) {
        AddressPool pool = UniqueLocalPool.of(host);
        return firstFree(Stream.of(pool), used)
                .orElseThrow(
                        () -> new EngineException.Failed("no IPv6 subnet is left for the network: other networks and"
                                + " this host's routes cover all of " + pool.base() + "; give the network a --subnet"));
    }

    private static Optional<Subnet> firstFree(Stream<AddressPool> pools, Set<Subnet> used) {
        return pools.flatMap(AddressPools::subnets)
                .filter(candidate -> used.stream().noneMatch(candidate::overlaps))
                .findFirst();
    }

    private static Stream<Subnet> subnets(AddressPool pool) {
        Subnet whole = Subnet.parse(pool.base());
        return LongStream.range(0, 1L << (pool.size() - whole.prefixLength()))
                .mapToObj(number -> whole.piece(number, pool.size()));
    }
}
