package dev.dormouse.proxy.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A listening socket as systemd makes one: a bare descriptor, which is this process's alone until it is duplicated. */
public record ListeningDescriptor(int number, SocketAddress address) {
    private static final Kernel KERNEL = new Kernel();
    private static final int BACKLOG = 4096;

    public static ListeningDescriptor onLoopback() {
        return on(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }

    public static ListeningDescriptor onLoopback6() {
        return on(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
    }

    public static ListeningDescriptor onUnix(Path path) {
        return on(UnixDomainSocketAddress.of(path));
    }

    /** A second descriptor of the same socket, as systemd keeps one. */
    public int duplicate() {
        synchronized (KERNEL) {
            return check(KERNEL.asInt(KERNEL.call(Libc.symbol("dup"), number, 0, 0, 0)));
        }
    }

    public static void close(int descriptor) {
        synchronized (KERNEL) {
            check(KERNEL.close(descriptor));
        }
    }

    /** A datagram socket, or a stream socket that does not listen. */
    public static int notListening(boolean stream) {
        synchronized (KERNEL) {
            return check(KERNEL.asInt(KERNEL.call(Libc.SOCKET, Kernel.AF_INET, stream ? 1 : 2, 0, 0)));
        }
    }

    private static ListeningDescriptor on(SocketAddress wanted) {
        synchronized (KERNEL) {
            int socket = check(KERNEL.asInt(KERNEL.call(Libc.SOCKET, family(wanted), 1, 0, 0)));
            int length = SocketAddresses.write(wanted, KERNEL.scratch().bytes());
            long address = KERNEL.scratch().address();
            check(KERNEL.asInt(KERNEL.call(Libc.symbol("bind"), socket, address, length, 0)));
            check(KERNEL.asInt(KERNEL.call(Libc.symbol("listen"), socket, BACKLOG, 0, 0)));
            if (!(wanted instanceof InetSocketAddress inet)) {
                return new ListeningDescriptor(socket, wanted);
            }
            KERNEL.scratch().bytes().putInt(128, 64);
            check(KERNEL.asInt(KERNEL.call(Libc.GETSOCKNAME, socket, address, address + 128, 0)));
            int port = Short.toUnsignedInt(KERNEL.scratch()
                    .bytes()
                    .duplicate()
                    .order(ByteOrder.BIG_ENDIAN)
                    .getShort(2));
            return new ListeningDescriptor(socket, new InetSocketAddress(inet.getAddress(), port));
        }
    }

    private static int family(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress) {
            return Kernel.AF_UNIX;
        }
        return ((InetSocketAddress) address).getAddress().getAddress().length == 4 ? Kernel.AF_INET : Kernel.AF_INET6;
    }

    private static int check(int result) {
        return KernelException.check(result, "the test's own socket");
    }
}
