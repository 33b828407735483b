package dev.dormouse.units.descriptor;

import dev.dormouse.units.address.AddressText;
import dev.dormouse.units.libc.Libc;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads {@code struct sockaddr} of ip(7), ipv6(7) and unix(7). */
final class BoundAddress {
    private static final int PORT = 2;
    private static final int INET_HOST = 4;
    private static final int INET6_HOST = 8;
    private static final int UNIX_PATH = 2;

    private BoundAddress() {}

    /** As people write it; empty if the socket is not bound. */
    static Optional<String> text(int domain, byte[] sockaddr) {
        return switch (domain) {
            case Libc.AF_INET ->
                host(sockaddr, INET_HOST, 4)
                        .map(host -> AddressText.of(host) + ":" + port(sockaddr))
                        .filter(_ -> port(sockaddr) != 0);
            case Libc.AF_INET6 ->
                host(sockaddr, INET6_HOST, 16)
                        .map(host -> "[" + AddressText.of(host) + "]:" + port(sockaddr))
                        .filter(_ -> port(sockaddr) != 0);
            default -> unix(sockaddr);
        };
    }

    private static int port(byte[] sockaddr) {
        return ((sockaddr[PORT] & 0xff) << 8) | (sockaddr[PORT + 1] & 0xff);
    }

    private static Optional<InetAddress> host(byte[] sockaddr, int offset, int size) {
        if (sockaddr.length < offset + size) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(sockaddr, offset, offset + size)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + size + " bytes", e);
        }
    }

    private static Optional<String> unix(byte[] sockaddr) {
        if (sockaddr.length <= UNIX_PATH) {
            return Optional.empty();
        }
        boolean isAbstract = sockaddr[UNIX_PATH] == 0;
        int from = isAbstract ? UNIX_PATH + 1 : UNIX_PATH;
        int to = sockaddr.length;
        if (!isAbstract) {
            to = from;
            while (to < sockaddr.length && sockaddr[to] != 0) {
                to++;
            }
        }
        String name = new String(sockaddr, from, to - from, StandardCharsets.UTF_8);
        return Optional.of(isAbstract ? "@" + name : name);
    }
}
