package dev.dormouse.proxy.kernel;

/** Becomes readable after a time: timerfd_create(2). For the thread of its kernel. */
public final class TimerDescriptor {
    private static final int CLOCK_MONOTONIC = 1;
    private static final long NANOS = 1_000_000_000L;

    private final Kernel kernel;
    private final int descriptor;
    private final Block time = Block.of(4 * Long.BYTES);
    private final Block count = Block.of(Long.BYTES);

    private TimerDescriptor(Kernel kernel, int descriptor) {
        this.kernel = kernel;
        this.descriptor = descriptor;
    }

    /**
     * One that is not set.
     *
     * @throws KernelException if the kernel gives none
     */
    public static TimerDescriptor open(Kernel kernel) {
        int flags = Kernel.NON_BLOCKING | Kernel.CLOSE_ON_EXEC;
        int descriptor = kernel.asInt(kernel.call(Libc.TIMERFD_CREATE, CLOCK_MONOTONIC, flags, 0, 0));
        KernelException.check(descriptor, "cannot create a timer; raise the limit of open files (LimitNOFILE=)");
        return new TimerDescriptor(kernel, descriptor);
    }

    public int descriptor() {
        return descriptor;
    }

    /** In place of what was set; not readable until then. */
    public void set(long nanos) {
        long after = Math.max(1, nanos); // zero would be never
        time.bytes().putLong(2 * Long.BYTES, after / NANOS).putLong(3 * Long.BYTES, after % NANOS);
        kernel.call(Libc.TIMERFD_SETTIME, descriptor, 0, time.address(), 0);
    }

    /** Not readable any more until the next time. */
    public void clear() {
        kernel.call(Libc.READ, descriptor, count.address(), Long.BYTES, 0);
    }

    public void close() {
        kernel.close(descriptor);
    }
}
