package dev.dormouse.proxy.kernel;

import java.util.function.IntUnaryOperator;

/** Bytes in a file that has no name (memfd_create(2)): they go wherever its descriptor goes, also to another process. */
public final class MemoryFile {
    private static final int MFD_CLOEXEC = 1;
    private static final int SEEK_END = 2;

    private MemoryFile() {}

    /**
     * Bytes in memory that {@link Kernel#free} is for.
     *
     * @param length above zero
     */
    public record Content(long address, int length) {}

    /**
     * A new file with bytes of memory; its descriptor.
     *
     * @throws KernelException if there is no memory or descriptor for it
     */
    public static int write(Kernel kernel, long address, int length) {
        int file = open(kernel);
        return filled(
                kernel,
                file,
                length,
                done -> kernel.asInt(kernel.call(Libc.WRITE, file, address + done, (long) length - done, 0)));
    }

    /**
     * A new file with what is in a pipe, which is empty then; its descriptor.
     *
     * @throws KernelException if there is no memory or descriptor for it
     */
    public static int write(Kernel kernel, Pipe pipe, int length) {
        int file = open(kernel);
        return filled(kernel, file, length, done -> kernel.splice(pipe.readEnd(), file, length - done));
    }

    /**
     * The bytes of a file, which is closed.
     *
     * @throws KernelException if it is empty or cannot be read, or there is no memory for what is in it
     */
    public static Content take(Kernel kernel, int file) {
        int length = kernel.asInt(kernel.call(Libc.LSEEK, file, 0, SEEK_END, 0));
        if (length <= 0) {
            throw failure(kernel, file, length);
        }
        long address = kernel.call(Libc.MALLOC, length, 0, 0, 0);
        if (address == 0) {
            throw failure(kernel, file, -Errno.ENOMEM);
        }
        try {
            filled(
                    kernel,
                    file,
                    length,
                    done -> kernel.asInt(kernel.call(Libc.PREAD, file, address + done, (long) length - done, done)));
        } catch (KernelException e) {
            kernel.free(address);
            throw e;
        }
        kernel.close(file);
        return new Content(address, length);
    }

    private static int open(Kernel kernel) {
        kernel.scratch().bytes().put(0, (byte) 0); // an empty name: it is only for /proc
        int file = kernel.asInt(kernel.call(Libc.MEMFD_CREATE, kernel.scratch().address(), MFD_CLOEXEC, 0, 0));
        return KernelException.check(file, "cannot keep the bytes of a connection in a file in memory");
    }

    /** Moves until all is moved, as each move may be of less than it could. */
    private static int filled(Kernel kernel, int file, int length, IntUnaryOperator move) {
        for (int done = 0; done < length; ) {
            int moved = move.applyAsInt(done);
            if (moved <= 0) {
                throw failure(kernel, file, moved);
            }
            done += moved;
        }
        return file;
    }

    private static KernelException failure(Kernel kernel, int file, int result) {
        kernel.close(file);
        return KernelException.of(
                result == 0 ? Errno.EINVAL : -result, "cannot keep the bytes of a connection in a file in memory");
    }
}
