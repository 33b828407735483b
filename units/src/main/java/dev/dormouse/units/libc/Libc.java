package dev.dormouse.units.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Calls of the C library. Thread-safe. Each throws {@link LibcException} if the kernel refuses, and is made again if a signal
 * interrupted it. Every function is linked at its own first use, as linking all of them would cost tens of milliseconds.
 *
 * <p>A call that blocks keeps its carrier: make it on a platform thread.
 */
public final class Libc {
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOTSOCK = 88;

    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_SEQPACKET = 5;

    public static final int SOL_SOCKET = 1;
    public static final int SO_TYPE = 3;
    public static final int SO_PASSCRED = 16;
    public static final int SO_ACCEPTCONN = 30;
    public static final int SO_DOMAIN = 39;

    public static final int F_GETFD = 1;
    public static final int F_SETFD = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int F_DUPFD_CLOEXEC = 1030;
    public static final int FD_CLOEXEC = 1;
    public static final int O_NONBLOCK = 0x800;

    private static final int EINTR = 4;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final short POLLIN = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SUN_PATH = 108;
    private static final int SOCKADDR_STORAGE = 128;

    private Libc() {}

    private static final class Close {
        static final MethodHandle HANDLE = Native.call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    private static final class Fcntl {
        static final MethodHandle HANDLE = Native.call(
                "fcntl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
    }

    private static final class Getsockopt {
        static final MethodHandle HANDLE = Native.call(
                "getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    }

    private static final class Setsockopt {
        static final MethodHandle HANDLE = Native.call(
                "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class Getsockname {
        static final MethodHandle HANDLE =
                Native.call("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    }

    private static final class Recvmsg {
        static final MethodHandle HANDLE =
                Native.call("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class Sendmsg {
        static final MethodHandle HANDLE =
                Native.call("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class Socket {
        static final MethodHandle HANDLE =
                Native.call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle CONNECT =
                Native.call("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class Socketpair {
        static final MethodHandle HANDLE =
                Native.call("socketpair", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    }

    private static final class Poll {
        static final MethodHandle HANDLE =
                Native.call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    }

    private static final class Eventfd {
        static final MethodHandle HANDLE = Native.call("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle WRITE =
                Native.call("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    }

    private static final class ClockGettime {
        static final MethodHandle HANDLE =
                Native.call("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }

    /** Closes a descriptor. Never made again: on Linux it is closed even if a signal interrupted the call (close(2)). */
    public static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            int result = (int) Close.HANDLE.invokeExact(state, descriptor);
            if (result < 0 && Native.errno(state) != EINTR) {
                throw Native.failure("close of descriptor " + descriptor, state);
            }
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** A command of fcntl(2) that takes a number. */
    public static int fcntl(int descriptor, int command, int argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            int result = (int) Fcntl.HANDLE.invokeExact(state, descriptor, command, argument);
            return Native.check(result, "fcntl of descriptor " + descriptor, state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** An option of a socket that is a number. */
    public static int getsockopt(int descriptor, int level, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment size = arena.allocateFrom(JAVA_INT, (int) JAVA_INT.byteSize());
            int result = (int) Getsockopt.HANDLE.invokeExact(state, descriptor, level, option, value, size);
            Native.check(result, "getsockopt of descriptor " + descriptor, state);
            return value.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** Sets an option of a socket that is a number. */
    public static void setsockopt(int descriptor, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment content = arena.allocateFrom(JAVA_INT, value);
            int result = (int)
                    Setsockopt.HANDLE.invokeExact(state, descriptor, level, option, content, (int) JAVA_INT.byteSize());
            Native.check(result, "setsockopt of descriptor " + descriptor, state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** The address that a socket is bound to: the kernel's {@code struct sockaddr}, as many bytes as it has. */
    public static byte[] getsockname(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment address = arena.allocate(SOCKADDR_STORAGE, Long.BYTES);
            MemorySegment size = arena.allocateFrom(JAVA_INT, SOCKADDR_STORAGE);
            int result = (int) Getsockname.HANDLE.invokeExact(state, descriptor, address, size);
            Native.check(result, "getsockname of descriptor " + descriptor, state);
            return address.asSlice(0, Math.min(size.get(JAVA_INT, 0), SOCKADDR_STORAGE))
                    .toArray(ValueLayout.JAVA_BYTE);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Takes the next message of a socket without waiting; close-on-exec is set on what comes with it. The caller owns the
     * descriptors in the result.
     *
     * @param size the most bytes of content; the rest of a longer datagram is lost, and the result says so
     * @param descriptors the most descriptors, at most 253; more of them are lost, and the result says so
     * @throws LibcException with {@link #EAGAIN} if there is none
     */
    public static ReceivedMessage recvmsg(int descriptor, int size, int descriptors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MessageHeader header = MessageHeader.toReceive(arena, size, descriptors);
            long length;
            do {
                length = (long) Recvmsg.HANDLE.invokeExact(
                        state, descriptor, header.segment(), MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
            } while (length < 0 && Native.errno(state) == EINTR);
            Native.check(length, "recvmsg of descriptor " + descriptor, state);
            return header.received(length);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** Sends a message on a connected socket, with copies of the descriptors; blocks while the peer's queue is full. */
    public static void sendmsg(int descriptor, byte[] content, List<Integer> descriptors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MessageHeader header = MessageHeader.toSend(arena, content, descriptors);
            long length;
            do {
                length = (long) Sendmsg.HANDLE.invokeExact(state, descriptor, header.segment(), MSG_NOSIGNAL);
            } while (length < 0 && Native.errno(state) == EINTR);
            Native.check(length, "sendmsg on descriptor " + descriptor, state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** A datagram socket that is connected to a unix socket's path; close it. */
    public static int datagramSocketTo(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length >= SUN_PATH) {
            throw new IllegalArgumentException("too long for a unix socket's path: " + path);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            int descriptor = (int) Socket.HANDLE.invokeExact(state, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            Native.check(descriptor, "socket", state);
            // struct sockaddr_un { sa_family_t family; char path[108]; }
            MemorySegment address = arena.allocate(Short.BYTES + SUN_PATH, Short.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, name.length);
            int result = (int) Socket.CONNECT.invokeExact(state, descriptor, address, (int) address.byteSize());
            if (result < 0) {
                LibcException refused = Native.failure("connect to " + path, state);
                close(descriptor);
                throw refused;
            }
            return descriptor;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** Two sockets that are connected to each other. */
    public record Pair(int first, int second) {}

    /** A pair of non-blocking unix sockets that keep messages apart; {@link #sendmsg} on them throws {@link #EAGAIN} when full. */
    public static Pair packetSockets() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment both = arena.allocate(JAVA_INT, 2);
            int type = SOCK_SEQPACKET | SOCK_CLOEXEC | O_NONBLOCK;
            int result = (int) Socketpair.HANDLE.invokeExact(state, AF_UNIX, type, 0, both);
            Native.check(result, "socketpair", state);
            return new Pair(both.getAtIndex(JAVA_INT, 0), both.getAtIndex(JAVA_INT, 1));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** Waits until one of two descriptors can be read, or has ended; {@code true} if the first can. */
    public static boolean awaitReadable(int first, int second) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            // struct pollfd { int fd; short events; short revents; }
            MemorySegment both = arena.allocateFrom(JAVA_INT, first, POLLIN, second, POLLIN);
            int ready;
            do {
                ready = (int) Poll.HANDLE.invokeExact(state, both, 2L, -1);
            } while (ready < 0 && Native.errno(state) == EINTR);
            Native.check(ready, "poll of descriptors " + first + " and " + second, state);
            return both.get(ValueLayout.JAVA_SHORT, 6) != 0;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** A descriptor that is readable from its first {@link #signal} on (eventfd(2)). */
    public static int eventfd() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            int result = (int) Eventfd.HANDLE.invokeExact(state, 0, EFD_CLOEXEC);
            return Native.check(result, "eventfd", state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** Makes an {@link #eventfd} readable. */
    public static void signal(int eventfd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            int result = (int) Eventfd.WRITE.invokeExact(state, eventfd, 1L);
            Native.check(result, "eventfd_write to descriptor " + eventfd, state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** Now on CLOCK_MONOTONIC in microseconds, as systemd counts: System.nanoTime promises no origin. */
    public static long monotonicMicros() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            int result = (int) ClockGettime.HANDLE.invokeExact(state, CLOCK_MONOTONIC, time);
            Native.check(result, "clock_gettime", state);
            return time.getAtIndex(JAVA_LONG, 0) * 1_000_000 + time.getAtIndex(JAVA_LONG, 1) / 1_000;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
