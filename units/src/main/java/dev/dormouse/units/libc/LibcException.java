package dev.dormouse.units.libc;

/** A call that the kernel refused. The message names the call, the descriptor and the reason in the C library's words. */
public final class LibcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    LibcException(String call, int errno, String reason) {
        super(call + ": " + reason);
        this.errno = errno;
    }

    /** The error's number, one of errno(3)'s. */
    public int errno() {
        return errno;
    }
}
