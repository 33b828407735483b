package dev.dormouse.proxy.kernel;

/** A system call failed that the data plane cannot do without. */
public final class KernelException extends RuntimeException {
    private KernelException(String message) {
        super(message);
    }

    static KernelException of(int error, String what) {
        return new KernelException(what + ": " + Errno.words(error));
    }

    /**
     * Returns a result that is no error.
     *
     * @param result of a {@link Kernel} call
     * @param what failed and what to do, for the message
     */
    public static int check(int result, String what) {
        if (result < 0) {
            throw of(-result, what);
        }
        return result;
    }
}
