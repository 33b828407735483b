package dev.dormouse.proxy.kernel;

/** Wakes a thread that waits on an epoll set (eventfd(2)). {@link #signal} by one thread at a time, the rest by the waiting thread. */
public final class Wakeup {
    private final int descriptor;
    private final Kernel waiting;
    private final Kernel signalling = new Kernel();
    private final Block one = Block.of(Long.BYTES);
    private final Block count = Block.of(Long.BYTES);

    private Wakeup(Kernel waiting, int descriptor) {
        this.waiting = waiting;
        this.descriptor = descriptor;
        one.bytes().putLong(0, 1);
    }

    /**
     * A new one.
     *
     * @param kernel the waiting thread's
     * @throws KernelException if the kernel gives none
     */
    public static Wakeup open(Kernel kernel) {
        int flags = Kernel.NON_BLOCKING | Kernel.CLOSE_ON_EXEC;
        int descriptor = kernel.asInt(kernel.call(Libc.EVENTFD, 0, flags, 0, 0));
        KernelException.check(
                descriptor, "cannot create an event descriptor; raise the limit of open files (LimitNOFILE=)");
        return new Wakeup(kernel, descriptor);
    }

    /** Readable after a signal, until {@link #clear}. */
    public int descriptor() {
        return descriptor;
    }

    public void signal() {
        signalling.call(Libc.WRITE, descriptor, one.address(), Long.BYTES, 0);
    }

    public void clear() {
        waiting.call(Libc.READ, descriptor, count.address(), Long.BYTES, 0);
    }

    public void close() {
        waiting.close(descriptor);
    }
}
