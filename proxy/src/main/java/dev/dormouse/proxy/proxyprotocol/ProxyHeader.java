package dev.dormouse.proxy.proxyprotocol;

import dev.dormouse.units.address.AddressText;
import dev.dormouse.units.service.ProxyProtocol;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first bytes of a connection to a backend, by HAProxy's proxy-protocol.txt. */
public final class ProxyHeader {
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    /** Version 2, command PROXY. */
    private static final byte VERSION_AND_COMMAND = 0x21;

    private static final byte UNSPECIFIED = 0x00;
    private static final byte TCP_OVER_IPV4 = 0x11;
    private static final byte TCP_OVER_IPV6 = 0x21;
    private static final int HEAD = 16;

    private ProxyHeader() {}

    /**
     * The header of one connection. Where an end is not known, or has no inet address, it says so, and the backend takes the connection's own
     * addresses (2.1, UNKNOWN; 2.2, AF_UNSPEC): the client of a unix socket has no name in the container.
     *
     * @param client where the connection came from
     * @param front where it was accepted
     */
    public static ByteBuffer of(
            ProxyProtocol version, Optional<InetSocketAddress> client, Optional<InetSocketAddress> front) {
        boolean known = client.isPresent() && front.isPresent() && isIpv4(client.get()) == isIpv4(front.get());
        return switch (version) {
            case V1 -> text(known ? line(client.get(), front.get()) : "UNKNOWN");
            case V2 ->
                known ? binary(client.get(), front.get()) : head(UNSPECIFIED, 0).flip();
        };
    }

    private static String line(InetSocketAddress client, InetSocketAddress front) {
        return (isIpv4(client) ? "TCP4 " : "TCP6 ") + AddressText.of(client.getAddress()) + " "
                + AddressText.of(front.getAddress()) + " " + client.getPort() + " " + front.getPort();
    }

    private static ByteBuffer text(String line) {
        return StandardCharsets.US_ASCII.encode("PROXY " + line + "\r\n");
    }

    private static ByteBuffer binary(InetSocketAddress client, InetSocketAddress front) {
        byte[] from = client.getAddress().getAddress();
        byte[] to = front.getAddress().getAddress();
        int length = from.length + to.length + 2 * Short.BYTES;
        return head(isIpv4(client) ? TCP_OVER_IPV4 : TCP_OVER_IPV6, length)
                .put(from)
                .put(to)
                .putShort((short) client.getPort())
                .putShort((short) front.getPort())
                .flip();
    }

    private static ByteBuffer head(byte familyAndProtocol, int length) {
        return ByteBuffer.allocate(HEAD + length)
                .put(SIGNATURE)
                .put(VERSION_AND_COMMAND)
                .put(familyAndProtocol)
                .putShort((short) length);
    }

    private static boolean isIpv4(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address;
    }
}
