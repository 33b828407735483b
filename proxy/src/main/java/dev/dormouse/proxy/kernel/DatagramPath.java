package dev.dormouse.proxy.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where a datagram came from and which address of this machine it was sent to, as the kernel wrote them; the answer goes the same way back.
 *
 * @param family of the socket: IPv4, or IPv6 that may take both
 * @param port in network byte order
 * @param scope interface of a link-local source
 * @param localHigh zero with {@code localLow}: the kernel chooses, as it must where the datagram was sent to many
 * @param localInterface of a link-local address of ours, else 0
 */
public record DatagramPath(
        int family,
        long sourceHigh,
        long sourceLow,
        short port,
        int scope,
        long localHigh,
        long localLow,
        int localInterface) {
    /** The client's host. An IPv4 address that is mapped into IPv6 is one of IPv4. */
    public InetAddress source() {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.nativeOrder());
        if (family == Kernel.AF_INET) {
            return host(bytes.putInt((int) sourceLow), Integer.BYTES);
        }
        return host(bytes.putLong(sourceHigh).putLong(sourceLow), 2 * Long.BYTES);
    }

    private static InetAddress host(ByteBuffer bytes, int length) {
        byte[] address = new byte[length];
        bytes.get(0, address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + length + " bytes", e);
        }
    }
}
