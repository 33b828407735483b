package dev.dormouse.proxy.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * System calls on descriptors. What fails returns the error's number negated ({@link Errno}), as the kernel itself does, and nothing is
 * thrown. A call costs 40 bytes of heap, the view that the JDK makes of where errno is left, and nothing else. For one thread: errno and
 * arguments pass through this object's memory.
 */
public final class Kernel {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;

    static final int CLOSE_ON_EXEC = 0x80000; // O_CLOEXEC, SOCK_CLOEXEC, EFD_CLOEXEC, EPOLL_CLOEXEC: one value
    static final int NON_BLOCKING = 0x800; // O_NONBLOCK, SOCK_NONBLOCK, EFD_NONBLOCK: one value

    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_PEEK = 2;
    private static final int MSG_TRUNC = 0x20;
    private static final int SHUT_WR = 1;
    private static final int SPLICE_F_MOVE = 1;
    private static final int SPLICE_F_NONBLOCK = 2;
    private static final int FIONREAD = 0x541B;
    private static final int RLIMIT_NOFILE = 7;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;

    /** A socket address, an option's value or a pair of descriptors; lengths go behind. */
    private static final int SCRATCH = 256;

    private static final int LENGTH_AT = SCRATCH - Integer.BYTES;
    private static final int SECOND_ADDRESS_AT = SCRATCH / 2;

    private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    private final ByteBuffer errno = state.asByteBuffer().order(ByteOrder.nativeOrder());
    private final Block scratch = Block.of(SCRATCH);

    /** Takes a client off the listener's queue; the descriptor is non-blocking. */
    public int accept(int listener) {
        return asInt(call(Libc.ACCEPT4, listener, 0, 0, NON_BLOCKING | CLOSE_ON_EXEC));
    }

    /** A non-blocking stream socket. */
    public int streamSocket(int family) {
        return asInt(call(Libc.SOCKET, family, SOCK_STREAM | NON_BLOCKING | CLOSE_ON_EXEC, 0, 0));
    }

    /** A non-blocking datagram socket. */
    public int datagramSocket(int family) {
        return asInt(call(Libc.SOCKET, family, SOCK_DGRAM | NON_BLOCKING | CLOSE_ON_EXEC, 0, 0));
    }

    /** Begins to connect: {@link Errno#EINPROGRESS} when it goes on. */
    public int connect(int socket, SocketAddress address) {
        int length = SocketAddresses.write(address, scratch.bytes());
        return asInt(call(Libc.CONNECT, socket, scratch.address(), length, 0));
    }

    /** Whether a TCP socket got connected to itself, as happens when its own port was drawn from those it tried. */
    public boolean connectedToItself(int socket) {
        ByteBuffer bytes = scratch.bytes();
        int length = SCRATCH / 2 - Integer.BYTES;
        bytes.putInt(LENGTH_AT, length);
        if (asInt(call(Libc.GETSOCKNAME, socket, scratch.address(), scratch.address() + LENGTH_AT, 0)) < 0) {
            return false;
        }
        int used = bytes.getInt(LENGTH_AT);
        bytes.putInt(LENGTH_AT, length);
        if (asInt(call(
                        Libc.GETPEERNAME,
                        socket,
                        scratch.address() + SECOND_ADDRESS_AT,
                        scratch.address() + LENGTH_AT,
                        0))
                < 0) {
            return false;
        }
        return bytes.slice(0, used).equals(bytes.slice(SECOND_ADDRESS_AT, bytes.getInt(LENGTH_AT)));
    }

    /** Reads at most {@code length} bytes; 0 at the end of the stream. */
    public int receive(int socket, long address, int length) {
        return asInt(call(Libc.RECV, socket, address, length, 0));
    }

    /** Reads a datagram, and returns how long it was, even if that is more than {@code length} and its end is lost. */
    public int receiveDatagram(int socket, long address, int length) {
        return asInt(call(Libc.RECV, socket, address, length, MSG_TRUNC));
    }

    /** Copies at most {@code length} bytes, which stay to be read; 0 at the end of the stream. */
    public int peek(int socket, long address, int length) {
        return asInt(call(Libc.RECV, socket, address, length, MSG_PEEK));
    }

    /** The other end of an inet socket; empty for a unix socket, and for a peer that has gone. */
    public Optional<InetSocketAddress> peerOf(int socket) {
        return address(Libc.GETPEERNAME, socket);
    }

    /** This end of an inet socket; empty for a unix socket. */
    public Optional<InetSocketAddress> localOf(int socket) {
        return address(Libc.GETSOCKNAME, socket);
    }

    private Optional<InetSocketAddress> address(MemorySegment function, int socket) {
        scratch.bytes().putInt(LENGTH_AT, LENGTH_AT);
        int result = asInt(call(function, socket, scratch.address(), scratch.address() + LENGTH_AT, 0));
        return result < 0 ? Optional.empty() : SocketAddresses.read(scratch.bytes());
    }

    /** Writes at most {@code length} bytes. */
    public int send(int socket, long address, int length) {
        return asInt(call(Libc.SEND, socket, address, length, MSG_NOSIGNAL));
    }

    /** Moves at most {@code length} bytes between a pipe and a socket; 0 at the end of the stream. */
    public int splice(int from, int to, int length) {
        return asInt(Libc.call(Libc.SPLICE, state, from, 0, to, 0, length, SPLICE_F_MOVE | SPLICE_F_NONBLOCK));
    }

    /** Bytes that can be read at once. */
    public int unread(int socket) {
        int result = asInt(call(Libc.IOCTL, socket, FIONREAD, scratch.address(), 0));
        return result < 0 ? result : scratch.bytes().getInt(0);
    }

    /** Tells the peer that nothing more will be written. */
    public int endWrites(int socket) {
        return asInt(call(Libc.SHUTDOWN, socket, SHUT_WR, 0, 0));
    }

    public int close(int descriptor) {
        return asInt(call(Libc.CLOSE, descriptor, 0, 0, 0));
    }

    /** Makes close(2) reset the connection and drop what was not sent yet (socket(7), SO_LINGER). */
    public int resetOnClose(int socket) {
        scratch.bytes().putInt(0, 1).putInt(Integer.BYTES, 0);
        return asInt(Libc.call(
                Libc.SETSOCKOPT, state, socket, Option.SOL_SOCKET, Option.SO_LINGER, scratch.address(), 8, 0));
    }

    /** An option's value. */
    public int option(int socket, Option option) {
        scratch.bytes().putInt(LENGTH_AT, Integer.BYTES);
        int result = asInt(Libc.call(
                Libc.GETSOCKOPT,
                state,
                socket,
                option.level(),
                option.number(),
                scratch.address(),
                scratch.address() + LENGTH_AT,
                0));
        return result < 0 ? result : scratch.bytes().getInt(0);
    }

    public int set(int socket, Option option, int value) {
        scratch.bytes().putInt(0, value);
        return asInt(Libc.call(
                Libc.SETSOCKOPT, state, socket, option.level(), option.number(), scratch.address(), Integer.BYTES, 0));
    }

    /** How many descriptors this process may have. */
    public int descriptorLimit() {
        int result = asInt(call(Libc.GETRLIMIT, RLIMIT_NOFILE, scratch.address(), 0, 0));
        long limit = scratch.bytes().getLong(0);
        // RLIM_INFINITY is all ones
        return result < 0 || limit < 0 ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE);
    }

    /** Makes calls on a descriptor return instead of waiting. The flag belongs to all processes that share it. */
    public int setNonBlocking(int descriptor) {
        int flags = asInt(call(Libc.FCNTL, descriptor, F_GETFL, 0, 0));
        if (flags < 0 || (flags & NON_BLOCKING) != 0) {
            return flags;
        }
        return asInt(call(Libc.FCNTL, descriptor, F_SETFL, flags | NON_BLOCKING, 0));
    }

    /**
     * Memory outside the heap with a copy of the given bytes, or 0 when there is none. Not through an arena: the JVM counts
     * those against its heap's size.
     */
    public long keep(long address, int length) {
        long copy = call(Libc.MALLOC, length, 0, 0, 0);
        if (copy != 0) {
            call(Libc.MEMCPY, copy, address, length, 0);
        }
        return copy;
    }

    /** Gives up what {@link #keep} returned. */
    public void free(long address) {
        call(Libc.FREE, address, 0, 0, 0);
    }

    long errorText(int error) {
        return call(Libc.STRERROR, error, 0, 0, 0);
    }

    long call(MemorySegment function, long a, long b, long c, long d) {
        return Libc.call(function, state, a, b, c, d, 0, 0);
    }

    int asInt(long result) {
        int value = (int) result;
        return value < 0 ? -errno.getInt(0) : value;
    }

    Block scratch() {
        return scratch;
    }
}
