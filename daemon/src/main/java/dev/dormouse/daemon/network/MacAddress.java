package dev.dormouse.daemon.network;

import java.net.InetAddress;
import java.util.HexFormat;

/** Hardware addresses as Docker gives them: 02:42, locally administered, then the IPv4 address, so that ARP caches stay right. */
final class MacAddress {
    private MacAddress() {}

    static String of(String address) {
        return "02:42:"
                + HexFormat.ofDelimiter(":")
                        .formatHex(InetAddress.ofLiteral(address).getAddress());
    }
}
