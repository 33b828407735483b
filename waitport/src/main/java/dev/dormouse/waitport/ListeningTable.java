package dev.dormouse.waitport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Looks for a listener in {@code /proc/net/tcp} or {@code tcp6}, or for a bound UDP socket in {@code udp} or {@code udp6}. A line is {@code sl: ADDRESS:PORT REMOTE:PORT STATE …}
 * in hexadecimal, an address as 32-bit words in the machine's byte order, state 0A is LISTEN; the kernel lists all
 * listening sockets before any other (Documentation/networking/proc_net_tcp.rst), so reading ends at the first that is
 * not. A UDP socket that is bound and not connected has the state 07, among the others. Works on one buffer, without an object a line.
 */
final class ListeningTable {
    private static final int LISTEN = 0x0A;
    private static final int UNCONNECTED = 0x07;

    private final byte[] buffer = new byte[8 * 1024];
    /** Address of the line at hand, in network byte order. */
    private final byte[] local = new byte[16];

    private final int port;
    private final Optional<InetAddress> address;
    private final boolean udp;

    ListeningTable(int port, Optional<InetAddress> address, boolean udp) {
        this.port = port;
        this.address = address;
        this.udp = udp;
    }

    boolean isIn(Path table) throws IOException {
        try (InputStream in = Files.newInputStream(table)) {
            int filled = 0;
            boolean header = true;
            while (true) {
                int count = in.read(buffer, filled, buffer.length - filled);
                if (count < 0) {
                    return false;
                }
                filled += count;
                int start = 0;
                for (int end = newline(start, filled); end >= 0; end = newline(start, filled)) {
                    if (!header) {
                        Verdict verdict = judge(start, end);
                        if (verdict != Verdict.OTHER) {
                            return verdict == Verdict.FOUND;
                        }
                    }
                    header = false;
                    start = end + 1;
                }
                if (start == 0 && filled == buffer.length) {
                    throw new IOException(table + " has a line of more than " + buffer.length + " bytes");
                }
                System.arraycopy(buffer, start, buffer, 0, filled - start);
                filled -= start;
            }
        }
    }

    private enum Verdict {
        FOUND,
        OTHER,
        END_OF_LISTENERS
    }

    private int newline(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private Verdict judge(int start, int end) throws IOException {
        int at = skip(skip(start, end, ':'), end, ' ');
        int addressStart = at;
        int addressEnd = skip(at, end, ':') - 1;
        int localPort = (int) hex(addressEnd + 1, addressEnd + 5, end);
        int stateAt = skip(skip(addressEnd, end, ' '), end, ' ');
        if (hex(stateAt, stateAt + 2, end) != (udp ? UNCONNECTED : LISTEN)) {
            return udp ? Verdict.OTHER : Verdict.END_OF_LISTENERS;
        }
        return localPort == port && takes(addressStart, addressEnd, end) ? Verdict.FOUND : Verdict.OTHER;
    }

    /** Just after the next run of the character. */
    private int skip(int from, int end, char wanted) {
        int i = from;
        while (i < end && buffer[i] != wanted) {
            i++;
        }
        while (i < end && buffer[i] == wanted) {
            i++;
        }
        return i;
    }

    private long hex(int from, int to, int end) throws IOException {
        if (to > end) {
            throw new IOException("a line of the table of sockets is cut short");
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(buffer[i], 16);
            if (digit < 0) {
                throw new IOException("a line of the table of sockets is not as proc_net_tcp.rst describes it");
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    private boolean takes(int from, int to, int end) throws IOException {
        if (address.isEmpty()) {
            return true;
        }
        int length = (to - from) / 2;
        for (int word = 0; word < length / 4; word++) {
            int value = (int) hex(from + word * 8, from + word * 8 + 8, end);
            int bigEndian = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(value) : value;
            for (int i = 0; i < 4; i++) {
                local[word * 4 + i] = (byte) (bigEndian >>> (24 - 8 * i));
            }
        }
        return takes(address.get(), length);
    }

    private boolean takes(InetAddress wanted, int length) {
        byte[] bytes = wanted.getAddress();
        boolean wildcard = isZero(0, length);
        if (length == 16 && wanted instanceof Inet4Address) {
            boolean mapped = isZero(0, 10) && local[10] == -1 && local[11] == -1;
            return wildcard || (mapped && (isZero(12, 16) || Arrays.equals(local, 12, 16, bytes, 0, 4)));
        }
        return length == bytes.length && (wildcard || Arrays.equals(local, 0, length, bytes, 0, length));
    }

    private boolean isZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (local[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
