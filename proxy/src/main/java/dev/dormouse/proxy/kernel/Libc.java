package dev.dormouse.proxy.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of libc, all called through one signature of six 64-bit integers. Each signature costs the start of the
 * process a generated class, several milliseconds; and the calling conventions of x86-64 (System V ABI, 3.2.3) and of
 * AArch64 (AAPCS64, 6.4) leave a register unread that a function does not declare, and read of an {@code int} only
 * its lower half. The same holds for their variadic functions, as long as what they are given fits in registers.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.captureCallState("errno"));

    static final MemorySegment ACCEPT4 = symbol("accept4");
    static final MemorySegment CLOSE = symbol("close");
    static final MemorySegment CONNECT = symbol("connect");
    static final MemorySegment EPOLL_CREATE1 = symbol("epoll_create1");
    static final MemorySegment EPOLL_CTL = symbol("epoll_ctl");
    static final MemorySegment EPOLL_WAIT = symbol("epoll_wait");
    static final MemorySegment EVENTFD = symbol("eventfd");
    static final MemorySegment FCNTL = symbol("fcntl");
    static final MemorySegment FREE = symbol("free");
    static final MemorySegment GETPEERNAME = symbol("getpeername");
    static final MemorySegment GETRLIMIT = symbol("getrlimit");
    static final MemorySegment GETSOCKNAME = symbol("getsockname");
    static final MemorySegment GETSOCKOPT = symbol("getsockopt");
    static final MemorySegment IOCTL = symbol("ioctl");
    static final MemorySegment LSEEK = symbol("lseek");
    static final MemorySegment MALLOC = symbol("malloc");
    static final MemorySegment MEMCPY = symbol("memcpy");
    static final MemorySegment MEMFD_CREATE = symbol("memfd_create");
    static final MemorySegment PIPE2 = symbol("pipe2");
    static final MemorySegment PREAD = symbol("pread");
    static final MemorySegment READ = symbol("read");
    static final MemorySegment RECV = symbol("recv");
    static final MemorySegment RECVMSG = symbol("recvmsg");
    static final MemorySegment SEND = symbol("send");
    static final MemorySegment SENDMSG = symbol("sendmsg");
    static final MemorySegment SETSOCKOPT = symbol("setsockopt");
    static final MemorySegment SHUTDOWN = symbol("shutdown");
    static final MemorySegment SOCKET = symbol("socket");
    static final MemorySegment SPLICE = symbol("splice");
    static final MemorySegment STRERROR = symbol("strerror");
    static final MemorySegment TIMERFD_CREATE = symbol("timerfd_create");
    static final MemorySegment TIMERFD_SETTIME = symbol("timerfd_settime");
    static final MemorySegment WRITE = symbol("write");

    private Libc() {}

    /**
     * Calls a function.
     *
     * @param state where errno is left, in the layout of {@link Linker.Option#captureStateLayout}
     * @return the register of the result: for a function that returns {@code int}, its lower half counts
     */
    static long call(MemorySegment function, MemorySegment state, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(function, state, a, b, c, d, e, f);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException("a call into libc threw a checked exception", failure);
        }
    }

    static MemorySegment symbol(String name) {
        return SYMBOLS.find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError(
                        "libc has no function '" + name + "'; the data plane needs Linux with glibc or musl"));
    }
}
