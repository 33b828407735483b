package dev.dormouse.units.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A stream socket that listens at a path, for peers that send descriptors, which the JDK's sockets cannot take. For one thread. */
public final class UnixListener implements AutoCloseable {
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SUN_PATH = 108;
    private static final int MOST_BYTES = 4096;

    private final int descriptor;

    private static final class Calls {
        static final MethodHandle SOCKET =
                Native.call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle BIND =
                Native.call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle LISTEN = Native.call("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle ACCEPT4 =
                Native.call("accept4", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    }

    private UnixListener(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Listens; the path must be free, and shorter than 108 bytes.
     *
     * @throws LibcException if the kernel refuses
     */
    public static UnixListener at(Path path) {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length >= SUN_PATH) {
            throw new IllegalArgumentException("too long for a unix socket's path: " + path);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            int made = (int) Calls.SOCKET.invokeExact(state, Libc.AF_UNIX, Libc.SOCK_STREAM | SOCK_CLOEXEC, 0);
            UnixListener listener = new UnixListener(Native.check(made, "socket", state));
            // struct sockaddr_un { sa_family_t family; char path[108]; }
            MemorySegment address = arena.allocate(Short.BYTES + SUN_PATH, Short.BYTES);
            address.set(JAVA_SHORT, 0, (short) Libc.AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
            int result = (int) Calls.BIND.invokeExact(state, made, address, (int) address.byteSize());
            if (result == 0) {
                result = (int) Calls.LISTEN.invokeExact(state, made, 1);
            }
            if (result < 0) {
                LibcException refused = Native.failure("listening at " + path, state);
                listener.close();
                throw refused;
            }
            return listener;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Waits for one peer and the descriptor that it sends. Blocks the platform thread that does it.
     *
     * @param wake an eventfd: once it is readable, nobody is waited for any more
     * @return the descriptor, the caller's; empty if woken, or if the peer sent none
     */
    public Optional<Integer> takeDescriptor(int wake) {
        if (!Libc.awaitReadable(descriptor, wake)) {
            return Optional.empty();
        }
        int peer = accept();
        try {
            if (!Libc.awaitReadable(peer, wake)) {
                return Optional.empty();
            }
            return Libc.recvmsg(peer, MOST_BYTES, 1).descriptors().stream().findFirst();
        } finally {
            Libc.close(peer);
        }
    }

    private int accept() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            int peer = (int)
                    Calls.ACCEPT4.invokeExact(state, descriptor, MemorySegment.NULL, MemorySegment.NULL, SOCK_CLOEXEC);
            return Native.check(peer, "accept on descriptor " + descriptor, state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    @Override
    public void close() {
        Libc.close(descriptor);
    }
}
