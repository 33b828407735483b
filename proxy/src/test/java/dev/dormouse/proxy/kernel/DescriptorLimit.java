package dev.dormouse.proxy.kernel;

/** Lowers how many descriptors this process may open until it is closed. */
public final class DescriptorLimit implements AutoCloseable {
    private static final int RLIMIT_NOFILE = 7;

    private final Kernel kernel = new Kernel();
    private final long before;

    private DescriptorLimit(int limit) {
        long address = kernel.scratch().address();
        KernelException.check(
                kernel.asInt(kernel.call(Libc.GETRLIMIT, RLIMIT_NOFILE, address, 0, 0)), "the limit cannot be read");
        this.before = kernel.scratch().bytes().getLong(0);
        set(limit);
    }

    public static DescriptorLimit of(int limit) {
        return new DescriptorLimit(limit);
    }

    private void set(long limit) {
        kernel.scratch().bytes().putLong(0, limit);
        long address = kernel.scratch().address();
        KernelException.check(
                kernel.asInt(kernel.call(Libc.symbol("setrlimit"), RLIMIT_NOFILE, address, 0, 0)),
                "the limit cannot be set");
    }

    @Override
    public void close() {
        set(before);
    }
}
