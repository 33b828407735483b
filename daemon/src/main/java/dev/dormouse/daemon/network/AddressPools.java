package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Docker's default address pools for bridges: 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/16 in pieces of /20. */
final class AddressPools {
    private AddressPools() {}

    /**
     * The first subnet that no route of the host touches, so that a bridge never cuts the host off from a network it uses.
     *
     * @throws EngineException.Failed if every subnet is in use
     */
    static Subnet firstFree(Set<Subnet> used) {
        return candidates()
                .filter(candidate -> used.stream().noneMatch(candidate::overlaps))
                .findFirst()
                .orElseThrow(() -> new EngineException.Failed(
                        "no subnet is left for the bridge network: this host's routes cover all of 172.17.0.0/16 to 172.31.0.0/16 and"
                                + " 192.168.0.0/16; remove a route, or use --network host"));
    }

    private static Stream<Subnet> candidates() {
        return Stream.concat(
                IntStream.rangeClosed(17, 31).mapToObj(second -> Subnet.parse("172." + second + ".0.0/16")),
                IntStream.range(0, 16).mapToObj(piece -> Subnet.parse("192.168." + piece * 16 + ".0/20")));
    }
}
