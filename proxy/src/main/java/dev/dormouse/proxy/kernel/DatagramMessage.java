package dev.dormouse.proxy.kernel;

import java.nio.ByteBuffer;

/**
 * Receives and sends datagrams of an unconnected UDP socket, with both their addresses: recvmsg(2), cmsg(3), IP_PKTINFO of ip(7),
 * IPV6_PKTINFO of ipv6(7). The layouts are those of 64 bits. For one thread.
 */
public final class DatagramMessage {
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int IP_PKTINFO = 8;
    private static final int IPV6_PKTINFO = 50;

    /** struct msghdr. */
    private static final int HEADER = 56;

    private static final int NAME_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTOR_COUNT_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int FLAGS_AT = 48;

    private static final int NAME = 32;
    private static final int INET_NAME = 16;
    private static final int INET6_NAME = 28;
    private static final int CONTROL = 128;
    /** struct cmsghdr: its length, level and type come before the data. */
    private static final int CONTROL_HEAD = 16;

    private static final int INET_INFO = 12;
    private static final int INET6_INFO = 20;

    private final Kernel kernel;
    private final Block header = Block.of(HEADER);
    private final Block vector = Block.of(2 * Long.BYTES);
    private final Block name = Block.of(NAME);
    private final Block control = Block.of(CONTROL);

    /** A message that is used for one datagram after the other. */
    public DatagramMessage(Kernel kernel) {
        this.kernel = kernel;
        header.bytes()
                .putLong(0, name.address())
                .putLong(VECTOR_AT, vector.address())
                .putLong(VECTOR_COUNT_AT, 1);
    }

    /** Reads the next datagram; its length, of which at most {@code length} bytes are there. */
    public int receive(int socket, long address, int length) {
        vector.bytes().putLong(0, address).putLong(Long.BYTES, length);
        header.bytes()
                .putInt(NAME_LENGTH_AT, NAME)
                .putLong(CONTROL_AT, control.address())
                .putLong(CONTROL_LENGTH_AT, CONTROL)
                .putInt(FLAGS_AT, 0);
        return kernel.asInt(kernel.call(Libc.RECVMSG, socket, header.address(), 0, 0));
    }

    /** Whether the datagram that was received is longer than there was room for. */
    public boolean isTruncated() {
        return (header.bytes().getInt(FLAGS_AT) & MSG_TRUNC) != 0;
    }

    /** The way of the datagram that was received. */
    public DatagramPath path() {
        ByteBuffer from = name.bytes();
        int info = packetInfo();
        if (from.getShort(0) == Kernel.AF_INET) {
            return new DatagramPath(
                    Kernel.AF_INET,
                    0,
                    Integer.toUnsignedLong(from.getInt(4)),
                    from.getShort(2),
                    0,
                    0,
                    info < 0 ? 0 : Integer.toUnsignedLong(inetLocal(info)),
                    0);
        }
        boolean known = info >= 0 && control.bytes().get(info) != (byte) 0xff; // ff00::/8 is multicast
        return new DatagramPath(
                Kernel.AF_INET6,
                from.getLong(8),
                from.getLong(16),
                from.getShort(2),
                from.getInt(24),
                known ? control.bytes().getLong(info) : 0,
                known ? control.bytes().getLong(info + Long.BYTES) : 0,
                known && isLinkLocal(info) ? control.bytes().getInt(info + 2 * Long.BYTES) : 0);
    }

    /** Sends a datagram back where one came from, from the address that it came to. */
    public int send(int socket, DatagramPath path, long address, int length) {
        vector.bytes().putLong(0, address).putLong(Long.BYTES, length);
        int controlLength = path.localHigh() == 0 && path.localLow() == 0 ? 0 : writeInfo(path);
        header.bytes()
                .putInt(NAME_LENGTH_AT, writeName(path))
                .putLong(CONTROL_AT, controlLength == 0 ? 0 : control.address())
                .putLong(CONTROL_LENGTH_AT, controlLength)
                .putInt(FLAGS_AT, 0);
        return kernel.asInt(kernel.call(Libc.SENDMSG, socket, header.address(), MSG_NOSIGNAL, 0));
    }

    /** Where the packet's information begins in the control data; -1 if the kernel gave none. */
    private int packetInfo() {
        ByteBuffer bytes = control.bytes();
        int end = (int) header.bytes().getLong(CONTROL_LENGTH_AT);
        int at = 0;
        while (at + CONTROL_HEAD <= end) {
            int level = bytes.getInt(at + Long.BYTES);
            int type = bytes.getInt(at + Long.BYTES + Integer.BYTES);
            if ((level == Option.IPPROTO_IP && type == IP_PKTINFO)
                    || (level == Option.IPPROTO_IPV6 && type == IPV6_PKTINFO)) {
                return at + CONTROL_HEAD;
            }
            int length = (int) bytes.getLong(at);
            at += Math.max(CONTROL_HEAD, (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        }
        return -1;
    }

    /** ipi_spec_dst, which is one of our own also for a broadcast; zero for what was queued before the option was set: then ipi_addr. */
    private int inetLocal(int info) {
        int ours = control.bytes().getInt(info + Integer.BYTES);
        return ours != 0 ? ours : control.bytes().getInt(info + 2 * Integer.BYTES);
    }

    private boolean isLinkLocal(int info) {
        return control.bytes().get(info) == (byte) 0xfe && (control.bytes().get(info + 1) & 0xc0) == 0x80;
    }

    private int writeName(DatagramPath path) {
        ByteBuffer to = name.bytes();
        to.putShort(0, (short) path.family()).putShort(2, path.port());
        if (path.family() == Kernel.AF_INET) {
            to.putInt(4, (int) path.sourceLow()).putLong(8, 0);
            return INET_NAME;
        }
        to.putInt(4, 0)
                .putLong(8, path.sourceHigh())
                .putLong(16, path.sourceLow())
                .putInt(24, path.scope());
        return INET6_NAME;
    }

    private int writeInfo(DatagramPath path) {
        ByteBuffer bytes = control.bytes();
        boolean inet = path.family() == Kernel.AF_INET;
        int length = CONTROL_HEAD + (inet ? INET_INFO : INET6_INFO);
        bytes.putLong(0, length)
                .putInt(Long.BYTES, inet ? Option.IPPROTO_IP : Option.IPPROTO_IPV6)
                .putInt(Long.BYTES + Integer.BYTES, inet ? IP_PKTINFO : IPV6_PKTINFO);
        if (inet) {
            // The interface is for the routes to choose.
            bytes.putInt(CONTROL_HEAD, 0)
                    .putInt(CONTROL_HEAD + Integer.BYTES, (int) path.localLow())
                    .putInt(CONTROL_HEAD + 2 * Integer.BYTES, 0);
        } else {
            bytes.putLong(CONTROL_HEAD, path.localHigh())
                    .putLong(CONTROL_HEAD + Long.BYTES, path.localLow())
                    .putInt(CONTROL_HEAD + 2 * Long.BYTES, path.localInterface());
        }
        return length;
    }
}
