package dev.dormouse.proxy.kernel;

import java.util.Optional;

/**
 * Carries bytes from socket to socket inside the kernel (splice(2)).
 *
 * @param capacity in bytes; a power of two
 */
public record Pipe(int readEnd, int writeEnd, int capacity) {
    /** As large as an unprivileged process may have one, unless /proc/sys/fs/pipe-max-size says otherwise (pipe(7)). */
    private static final int LARGEST = 1 << 20;

    /** Below this a pipe is slower than a buffer; the kernel gives 2 pages to a user who has many (pipe(7)). */
    private static final int SMALLEST = 1 << 16;

    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;

    /** A pipe as large as the kernel allows; empty when it gives none that is worth having. */
    public static Optional<Pipe> open(Kernel kernel) {
        long ends = kernel.scratch().address();
        int flags = Kernel.NON_BLOCKING | Kernel.CLOSE_ON_EXEC;
        if (kernel.asInt(kernel.call(Libc.PIPE2, ends, flags, 0, 0)) < 0) {
            return Optional.empty();
        }
        int readEnd = kernel.scratch().bytes().getInt(0);
        int writeEnd = kernel.scratch().bytes().getInt(Integer.BYTES);
        int size = LARGEST;
        while (size > SMALLEST && kernel.asInt(kernel.call(Libc.FCNTL, writeEnd, F_SETPIPE_SZ, size, 0)) < 0) {
            size /= 2;
        }
        Pipe pipe = new Pipe(readEnd, writeEnd, kernel.asInt(kernel.call(Libc.FCNTL, writeEnd, F_GETPIPE_SZ, 0, 0)));
        if (pipe.capacity < SMALLEST) {
            pipe.close(kernel);
            return Optional.empty();
        }
        return Optional.of(pipe);
    }

    public void close(Kernel kernel) {
        kernel.close(readEnd);
        kernel.close(writeEnd);
    }
}
