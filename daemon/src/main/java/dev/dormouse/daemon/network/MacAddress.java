package dev.dormouse.daemon.network;

/** Hardware addresses as Docker gives them: 02:42, locally administered, then the IPv4 address, so that ARP caches stay right. */
final class MacAddress {
    private MacAddress() {}

    static String of(String address) {
        long value = Subnet.address(address).orElseThrow(() -> new IllegalArgumentException("not IPv4: " + address));
        return "02:42:%02x:%02x:%02x:%02x".formatted(value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255);
    }
}
