package dev.dormouse.proxy.proxyprotocol;

import java.nio.ByteBuffer;

/** IPv6 addresses as everybody else writes them (RFC 5952, 4), so that logs of either version of the protocol can be compared. */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    /** The text of 16 bytes. */
    static String of(byte[] address) {
        int[] groups = new int[GROUPS];
        for (int index = 0; index < GROUPS; index++) {
            groups[index] = Short.toUnsignedInt(ByteBuffer.wrap(address).getShort(index * Short.BYTES));
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
