package dev.dormouse.units.service;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where a service is to be reached.
 *
 * @param text as systemd's ListenStream= takes it (systemd.socket(5)), with {@code /udp} behind it for UDP
 * @param port empty for a unix socket
 * @param isUdp whether it is a UDP port
 */
public record ListenAddress(String text, OptionalInt port, boolean isUdp) {
    private static final String FORMS =
            "give PORT, ADDRESS:PORT, [IPv6 ADDRESS]:PORT or the absolute path of a unix socket; for UDP a port with /udp"
                    + " behind it";
    private static final String TCP = "/tcp";
    private static final String UDP = "/udp";
    /** {@code sun_path} of unix(7) without its closing zero. */
    private static final int LONGEST_PATH = 107;

    /**
     * Reads an address.
     *
     * @throws DeclarationException with what is allowed
     */
    public static ListenAddress parse(String text) {
        boolean udp = isUdp(text);
        boolean named = udp || text.endsWith(TCP);
        if (text.startsWith("/")) {
            if (named || text.endsWith(UDP)) {
                throw new DeclarationException(
                        "'" + text + "': a unix socket takes streams alone, and its path cannot end in /tcp or /udp");
            }
            return new ListenAddress(path(text), OptionalInt.empty(), false);
        }
        String bare = named ? text.substring(0, text.length() - UDP.length()) : text;
        int colon = bare.lastIndexOf(':');
        int port = port(text, bare.substring(colon + 1));
        String address = colon < 0 ? Integer.toString(port) : host(text, bare.substring(0, colon)) + ":" + port;
        return new ListenAddress(udp ? address + UDP : address, OptionalInt.of(port), udp);
    }

    /** Whether a text, of a unit of somebody's own perhaps, means UDP. */
    public static boolean isUdp(String text) {
        return text.endsWith(UDP) && !text.startsWith("/");
    }

    /** Without its protocol, as systemd.socket(5) takes it. */
    public String address() {
        return isUdp ? text.substring(0, text.length() - UDP.length()) : text;
    }

    private static String path(String text) {
        boolean plain = text.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '%' && c != '\\' && c != '"');
        if (!plain
                || text.endsWith("/")
                || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH
                || !Path.of(text).normalize().toString().equals(text)) {
            throw new DeclarationException("'" + text + "' is not the plain path of a unix socket, at most "
                    + LONGEST_PATH + " bytes, without blanks, '%', quotes, '.' and '..'");
        }
        return text;
    }

    private static int port(String whole, String text) {
        boolean number = text.matches("[0-9]{1,5}");
        int port = number ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw new DeclarationException("no port from 1 to 65535 in '" + whole + "'; " + FORMS);
        }
        return port;
    }

    private static String host(String whole, String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String literal = bracketed ? text.substring(1, text.length() - 1) : text;
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            if (address instanceof Inet6Address != bracketed) {
                throw new DeclarationException(
                        "an IPv6 address, and only that, goes in brackets: '" + whole + "'; " + FORMS);
            }
            // Java also takes 10.1 for 10.0.0.1; and % is a specifier in a unit file.
            boolean abbreviated = !bracketed && !literal.matches("[0-9]+(\\.[0-9]+){3}");
            if (abbreviated || literal.contains("%")) {
                throw new DeclarationException(
                        "write the address of '" + whole + "' in full, without a zone; " + FORMS);
            }
            return text;
        } catch (IllegalArgumentException e) {
            throw new DeclarationException(
                    "'" + literal + "' is not an IP address (systemd takes no host names); " + FORMS, e);
        }
    }

    /** Whether it is the path of a unix socket. */
    public boolean isUnix() {
        return port.isEmpty();
    }

    /** Whether it is an IPv4 address and a port. */
    boolean isIpv4() {
        return text.indexOf(':') > 0 && !isUnix() && !text.startsWith("[");
    }

    /** Whether it is a port of every IPv6 address. */
    boolean isAnyIpv6() {
        return text.startsWith("[") && host(text).isAnyLocalAddress();
    }

    /** The address as one for IPv4 and one for IPv6 where it is a port alone. */
    List<String> families() {
        boolean portAlone = !isUnix() && text.indexOf(':') < 0;
        return portAlone ? List.of("0.0.0.0:" + address(), "[::]:" + address()) : List.of(address());
    }

    private static InetAddress host(String text) {
        return InetAddress.ofLiteral(text.substring(1, text.lastIndexOf(']')));
    }

    @Override
    public String toString() {
        return text;
    }
}
