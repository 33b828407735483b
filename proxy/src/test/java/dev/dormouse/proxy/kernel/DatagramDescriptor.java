package dev.dormouse.proxy.kernel;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A bound UDP socket as systemd makes one: a bare descriptor, without IP_PKTINFO unless a test sets it. */
public record DatagramDescriptor(int number, int port) {
    private static final Kernel KERNEL = new Kernel();

    public static DatagramDescriptor on(String host) {
        InetAddress address = InetAddress.ofLiteral(host);
        synchronized (KERNEL) {
            int family = address instanceof Inet4Address ? Kernel.AF_INET : Kernel.AF_INET6;
            int socket = check(KERNEL.datagramSocket(family));
            int length = SocketAddresses.write(
                    new InetSocketAddress(address, 0), KERNEL.scratch().bytes());
            long at = KERNEL.scratch().address();
            check(KERNEL.asInt(KERNEL.call(Libc.symbol("bind"), socket, at, length, 0)));
            return new DatagramDescriptor(
                    socket, KERNEL.localOf(socket).orElseThrow().getPort());
        }
    }

    /** A second descriptor of the same socket, as systemd keeps one. */
    public int duplicate() {
        synchronized (KERNEL) {
            return check(KERNEL.asInt(KERNEL.call(Libc.symbol("dup"), number, 0, 0, 0)));
        }
    }

    private static int check(int result) {
        return KernelException.check(result, "the test's own socket");
    }
}
