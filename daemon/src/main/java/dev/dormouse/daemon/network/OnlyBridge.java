package dev.dormouse.daemon.network;

import java.util.Optional;

/** A container's place on the bridge as it was written when there was no other network. */
public final class OnlyBridge {
    private OnlyBridge() {}

    /**
     * The place.
     *
     * @throws IllegalArgumentException if the address is none
     */
    public static Attachment attachment(String networkId, String bridge, String address, int prefixLength) {
        AddressRange range = AddressRange.of(Subnet.around(address + "/" + prefixLength));
        Network network = new Network(networkId, Network.DEFAULT, bridge, range, Optional.empty(), false);
        return Attachment.of(network, "eth0", new Lease(address, Optional.empty()), Endpoint.on(Network.DEFAULT));
    }
}
