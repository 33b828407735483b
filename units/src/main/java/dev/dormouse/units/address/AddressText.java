package dev.dormouse.units.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Addresses as everybody else writes them: IPv6 in the form of RFC 5952, 4, which is how the kernel's tools, netavark and backends show it.
 * The JDK writes all eight groups.
 */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** The text of an address, without a zone. */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? compressed(ByteBuffer.wrap(address.getAddress()))
                : address.getHostAddress();
    }

    private static String compressed(ByteBuffer address) {
        int[] groups = new int[GROUPS];
        for (int index = 0; index < GROUPS; index++) {
            groups[index] = Short.toUnsignedInt(address.getShort());
        }
        int begin = 0;
        int length = 1; // a single group of zeros is written
        for (int at = 0; at < GROUPS; at++) {
            int zeros = zeros(groups, at);
            if (zeros > length) {
                begin = at;
                length = zeros;
            }
        }
        if (length == 1) {
            return text(groups, 0, GROUPS);
        }
        return text(groups, 0, begin) + "::" + text(groups, begin + length, GROUPS);
    }

    private static int zeros(int[] groups, int from) {
        int at = from;
        while (at < GROUPS && groups[at] == 0) {
            at++;
        }
        return at - from;
    }

    private static String text(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at < to; at++) {
            text.append(at == from ? "" : ":").append(Integer.toHexString(groups[at]));
        }
        return text.toString();
    }
}
