package dev.dormouse.daemon.network;

import java.util.Optional;

/**
 * The addresses that a network has of one family.
 *
 * @param subnet {@code 172.18.0.0/16}, {@code fd00:1::/64}
 * @param gateway the bridge's own address
 * @param pool where containers' addresses are chosen from, within the subnet ({@code --ip-range}); absent: all of it
 */
public record AddressRange(String subnet, String gateway, Optional<String> pool) {
    /** The first usable address is the gateway's. */
    static AddressRange of(Subnet subnet) {
        return new AddressRange(subnet.toString(), subnet.at(1), Optional.empty());
    }

    Subnet whole() {
        return Subnet.parse(subnet);
    }

    /** Bits of the network's part of an address. */
    public int prefixLength() {
        return whole().prefixLength();
    }

    /** Whether a container may have an address: the network's own, the gateway's and IPv4's broadcast address are none. */
    boolean mayHave(String address) {
        Subnet whole = whole();
        return whole.place(address)
                .filter(place -> place.signum() > 0 && !address.equals(gateway))
                .filter(place ->
                        !whole.isIpv4() || !place.add(java.math.BigInteger.ONE).equals(whole.size()))
                .isPresent();
    }
}
