package dev.dormouse.daemon.api.create;

import java.net.InetAddress;

/** IP addresses in requests. */
final class Addresses {
    private Addresses() {}

    /** An IPv4 or IPv6 literal, or empty; nothing is ever resolved. */
    static String literal(String field, String text) {
        if (text.isEmpty()) {
            return text;
        }
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException _) {
            throw CreateRequest.invalid(field, "an IPv4 or IPv6 address", text);
        }
    }
}
