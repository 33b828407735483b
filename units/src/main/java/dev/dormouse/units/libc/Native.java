package dev.dormouse.units.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/** Links functions of the C library so that errno is kept, which the JVM's own calls would overwrite. */
final class Native {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));
    private static final long LONGEST_REASON = 256;

    private Native() {}

    private static final class Strerror {
        static final MethodHandle HANDLE =
                LINKER.downcallHandle(address("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }

    /** The function; its first argument is a {@link #state}. */
    static MethodHandle call(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker.Option[] all = Stream.concat(Stream.of(Linker.Option.captureCallState("errno")), Stream.of(options))
                .toArray(Linker.Option[]::new);
        return LINKER.downcallHandle(address(name), descriptor, all);
    }

    private static MemorySegment address(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }

    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return state.get(JAVA_INT, ERRNO);
    }

    static int check(int result, String call, MemorySegment state) {
        check((long) result, call, state);
        return result;
    }

    static void check(long result, String call, MemorySegment state) {
        if (result < 0) {
            throw failure(call, state);
        }
    }

    static LibcException failure(String call, MemorySegment state) {
        int errno = errno(state);
        return new LibcException(call, errno, reason(errno));
    }

    private static String reason(int errno) {
        try {
            MemorySegment words = (MemorySegment) Strerror.HANDLE.invokeExact(errno);
            return words.reinterpret(LONGEST_REASON).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** What a method handle's {@code throws Throwable} can hold here. */
    static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(thrown);
        };
    }
}
