package dev.dormouse.proxy.source;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Where clients come from that are taken for one: an IPv4 address, or the first 64 bits of an IPv6 address, as whoever has one address of such
 * a network has all of them (RFC 4291, 2.5.1; RFC 6177).
 */
record Source(boolean six, long bits) {
    static Source of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address ? new Source(true, bytes.getLong()) : new Source(false, bytes.getInt());
    }
}
