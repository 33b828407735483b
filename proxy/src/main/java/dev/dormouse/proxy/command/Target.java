package dev.dormouse.proxy.command;

import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;

/** Where the command line wants connections to go. */
public sealed interface Target {
    /** As systemd-socket-proxyd(8) has it. */
    int STANDARD_PORT = 80;

    /** A stream socket in the file system, or an abstract one whose name begins with {@code @}. */
    record Unix(UnixDomainSocketAddress address) implements Target {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * A TCP port.
     *
     * @param host a name or a literal without brackets
     */
    record Host(String host, int port) implements Target {
        /** The host's address, if it is written as one. */
        Optional<InetAddress> literal() {
            boolean mayBeLiteral = host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1));
            if (!mayBeLiteral) {
                return Optional.empty();
            }
            try {
                return Optional.of(InetAddress.ofLiteral(host));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
        }
    }

    /**
     * Reads {@code HOST:PORT}, {@code [IPv6]:PORT}, either without port, {@code /path} or {@code @abstract}.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed
     */
    static Target parse(String text) {
        if (text.startsWith("/") || text.startsWith("@")) {
            return new Unix(UnixDomainSocketAddress.of(text));
        }
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean withPort = colon > bracket;
        String host = withPort ? text.substring(0, colon) : text;
        int port = withPort ? port(text.substring(colon + 1)) : STANDARD_PORT;
        return new Host(host(host, text), port);
    }

    private static String host(String host, String text) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bare.isEmpty() || bare.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '[' || c == ']')) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not HOST:PORT, [IPv6]:PORT, /path of a socket or @name of an abstract one");
        }
        if (bracketed == bare.indexOf(':') < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "': an IPv6 address, and nothing else, goes in brackets, as in [::1]:80");
        }
        return bare;
    }

    private static int port(String text) {
        boolean number = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be a number from 1 to 65535, not '" + text + "'");
        }
        return port;
    }
}
