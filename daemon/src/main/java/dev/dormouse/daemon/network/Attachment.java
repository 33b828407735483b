package dev.dormouse.daemon.network;

/**
 * A container's place on the bridge network, fixed from create to remove.
 *
 * @param address IPv4 literal
 * @param prefixLength of the network: 16 for 172.17.0.0/16
 * @param gateway IPv4 literal of the bridge
 * @param macAddress lower case, colon-separated
 * @param bridge the bridge's interface: {@code dormouse0}
 * @param networkId 64 hexadecimal digits
 */
public record Attachment(
        String address, int prefixLength, String gateway, String macAddress, String bridge, String networkId) {
    /** The network's subnet: {@code 172.17.0.0/16}. */
    public String subnet() {
        long place = Subnet.address(address).orElseThrow(() -> new IllegalArgumentException("not IPv4: " + address));
        return new Subnet(place - place % (1L << (32 - prefixLength)), prefixLength).toString();
    }
}
