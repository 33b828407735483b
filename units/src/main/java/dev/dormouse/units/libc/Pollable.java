package dev.dormouse.units.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * A pipe's end, or a terminal's, whose reader and writer can be woken for good by an event: with the streams of the JDK they would wait
 * for as long as some process has the other end open. One thread may read while another writes; closed by whoever knows that both have
 * returned. Reading and writing block the platform thread that does it.
 */
public final class Pollable implements AutoCloseable {
    private static final int EINTR = 4;
    private static final int EIO = 5;
    private static final int EPIPE = 32;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int OWNER_ONLY = 0600;
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;
    private static final long POLLFD = 8;
    /** Of asm-generic/ioctls.h, which x86 and arm64 use; {@code struct winsize { u16 rows, columns, x, y; }} (ioctl_tty(2)). */
    private static final long TIOCSWINSZ = 0x5414;

    private static final int WINSIZE = 4;

    private final int descriptor;
    private final int wake;

    private static final class Calls {
        static final MethodHandle OPEN = Native.call(
                "open",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle MKFIFO = Native.call("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle READ =
                Native.call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
        static final MethodHandle WRITE =
                Native.call("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
        static final MethodHandle POLL =
                Native.call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        static final MethodHandle IOCTL = Native.call(
                "ioctl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                Linker.Option.firstVariadicArg(2));
    }

    /**
     * Takes over a descriptor, which does not block from now on.
     *
     * @param wake an eventfd, not taken over: once it is readable, nobody waits here any more
     */
    public Pollable(int descriptor, int wake) {
        this.descriptor = descriptor;
        this.wake = wake;
        int flags = Libc.fcntl(descriptor, Libc.F_GETFL, 0);
        Libc.fcntl(descriptor, Libc.F_SETFL, flags | Libc.O_NONBLOCK);
    }

    /** A fresh FIFO's end to read from; it is at its end when nobody has it open for writing, or nobody has yet. */
    public static Pollable fifoToRead(Path path, int wake) {
        return fifo(path, 0, wake);
    }

    /** A fresh FIFO's end to write to; who reads is at the end when this is closed. */
    public static Pollable fifoToWrite(Path path, int wake) {
        // For both: else it could not be opened before the reader is there (fifo(7)).
        return fifo(path, O_RDWR, wake);
    }

    private static Pollable fifo(Path path, int access, int wake) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment name = arena.allocateFrom(path.toString());
            int made = (int) Calls.MKFIFO.invokeExact(state, name, OWNER_ONLY);
            Native.check(made, "mkfifo of " + path, state);
            int opened = (int) Calls.OPEN.invokeExact(state, name, access | Libc.O_NONBLOCK | O_CLOEXEC, 0);
            return new Pollable(Native.check(opened, "open of " + path, state), wake);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Waits for bytes.
     *
     * @return how many were put at the beginning of {@code into}; -1 at the end, or when there are none and it was woken
     */
    public int read(byte[] into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment buffer = arena.allocate(into.length);
            while (isReady(POLLIN)) {
                long count = (long) Calls.READ.invokeExact(state, descriptor, buffer, (long) into.length);
                if (count > 0) {
                    MemorySegment.copy(buffer, JAVA_BYTE, 0, into, 0, (int) count);
                    return (int) count;
                }
                // EIO: a terminal that nobody has open on the other side (pty(7)).
                if ((count == 0) || (Native.errno(state) == EIO)) {
                    return -1;
                }
                refuseAllBut(state, "read of descriptor " + descriptor, Libc.EAGAIN);
            }
            return -1;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Writes the first bytes of an array; waits while there is no room.
     *
     * @return false if nobody will read them, or there is no room and it was woken
     */
    public boolean write(byte[] bytes, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment buffer = arena.allocate(Math.max(1, length));
            MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, length);
            long written = 0;
            while (written < length) {
                if (!isReady(POLLOUT)) {
                    return false;
                }
                MemorySegment rest = buffer.asSlice(written);
                long count = (long) Calls.WRITE.invokeExact(state, descriptor, rest, length - written);
                if (count >= 0) {
                    written += count;
                } else if ((Native.errno(state) == EPIPE) || (Native.errno(state) == EIO)) {
                    return false;
                } else {
                    refuseAllBut(state, "write to descriptor " + descriptor, Libc.EAGAIN);
                }
            }
            return true;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** Gives a terminal its size in characters; the programs in it are told by SIGWINCH. */
    public void resize(int rows, int columns) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            MemorySegment size = arena.allocate(JAVA_SHORT, WINSIZE);
            size.setAtIndex(JAVA_SHORT, 0, (short) rows);
            size.setAtIndex(JAVA_SHORT, 1, (short) columns);
            int result = (int) Calls.IOCTL.invokeExact(state, descriptor, TIOCSWINSZ, size);
            Native.check(result, "ioctl TIOCSWINSZ of descriptor " + descriptor, state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    @Override
    public void close() {
        Libc.close(descriptor);
    }

    /** Waits until there is something to do, an error included; false if there is nothing, and woken. */
    private boolean isReady(short events) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Native.state(arena);
            // struct pollfd { int fd; short events; short revents; }
            MemorySegment both = arena.allocate(2 * POLLFD, POLLFD);
            both.set(JAVA_INT, 0, wake);
            both.set(JAVA_SHORT, 4, POLLIN);
            both.set(JAVA_INT, POLLFD, descriptor);
            both.set(JAVA_SHORT, POLLFD + 4, events);
            int ready;
            do {
                ready = (int) Calls.POLL.invokeExact(state, both, 2L, -1);
            } while ((ready < 0) && (Native.errno(state) == EINTR));
            Native.check(ready, "poll of descriptor " + descriptor, state);
            return both.get(JAVA_SHORT, POLLFD + 6) != 0;
        }
    }

    private static void refuseAllBut(MemorySegment state, String call, int allowed) {
        int errno = Native.errno(state);
        if ((errno != allowed) && (errno != EINTR)) {
            throw Native.failure(call, state);
        }
    }
}
