package dev.dormouse.proxy.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Java's socket addresses in the kernel's form: ip(7), ipv6(7), unix(7). */
public final class SocketAddresses {
    /** {@code sun_path} without its closing zero. */
    private static final int LONGEST_PATH = 107;

    /** How systemd and others write the zero byte that an abstract name begins with; Java knows no such address. */
    private static final byte ABSTRACT = '@';

    private static final int INET_SIZE = 16;
    private static final int INET6_SIZE = 28;

    private SocketAddresses() {}

    /**
     * The address family to create a socket with.
     *
     * @throws IllegalArgumentException if the address cannot be connected to: not resolved, a path that is too long
     */
    public static int family(SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet
            when inet.isUnresolved() ->
                throw new IllegalArgumentException(
                        "the backend's address is not resolved: " + inet.getHostString() + ":" + inet.getPort());
            case InetSocketAddress inet
            when inet.getPort() == 0 ->
                throw new IllegalArgumentException("the backend's port must be 1 to 65535, not 0");
            case InetSocketAddress inet -> inet.getAddress() instanceof Inet4Address ? Kernel.AF_INET : Kernel.AF_INET6;
            case UnixDomainSocketAddress unix -> {
                int length = path(unix).length;
                if (length == 0 || length > LONGEST_PATH) {
                    throw new IllegalArgumentException("the backend's socket path must be 1 to " + LONGEST_PATH
                            + " bytes, not " + length + ": " + unix);
                }
                yield Kernel.AF_UNIX;
            }
            default ->
                throw new IllegalArgumentException("a backend is an inet or a unix address, not "
                        + address.getClass().getName());
        };
    }

    /** Writes an address that {@link #family} took, and returns its length. */
    static int write(SocketAddress address, ByteBuffer target) {
        return switch (address) {
            case InetSocketAddress inet -> write(inet.getAddress(), inet.getPort(), target);
            case UnixDomainSocketAddress unix -> {
                byte[] path = path(unix);
                target.putShort(0, (short) Kernel.AF_UNIX).put(Short.BYTES, path);
                if (path[0] == ABSTRACT) {
                    target.put(Short.BYTES, (byte) 0);
                    yield Short.BYTES + path.length;
                }
                target.put(Short.BYTES + path.length, (byte) 0);
                yield Short.BYTES + path.length + 1;
            }
            default -> throw new IllegalArgumentException("neither an inet nor a unix address: " + address);
        };
    }

    private static int write(InetAddress host, int port, ByteBuffer target) {
        ByteBuffer network = target.duplicate().order(ByteOrder.BIG_ENDIAN).putShort(2, (short) port);
        byte[] bytes = host.getAddress();
        if (host instanceof Inet6Address inet6) {
            target.putShort(0, (short) Kernel.AF_INET6)
                    .putInt(4, 0)
                    .put(8, bytes)
                    .putInt(24, inet6.getScopeId());
            return INET6_SIZE;
        }
        network.put(4, bytes).putLong(8, 0);
        target.putShort(0, (short) Kernel.AF_INET);
        return INET_SIZE;
    }

    /** Reads what the kernel wrote; empty for any but an inet address. An IPv4 address that is mapped into IPv6 becomes one of IPv4. */
    static Optional<InetSocketAddress> read(ByteBuffer source) {
        return switch (source.getShort(0)) {
            case Kernel.AF_INET -> Optional.of(read(source, 4, new byte[4]));
            case Kernel.AF_INET6 -> Optional.of(read(source, 8, new byte[16]));
            default -> Optional.empty();
        };
    }

    private static InetSocketAddress read(ByteBuffer source, int hostAt, byte[] host) {
        int port = Short.toUnsignedInt(
                source.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(2));
        source.get(hostAt, host);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + host.length + " bytes", e);
        }
    }

    private static byte[] path(UnixDomainSocketAddress address) {
        return address.getPath().toString().getBytes(UTF_8);
    }
}
