package dev.dormouse.proxy.kernel;

import java.nio.ByteBuffer;

/** A set of descriptors whose readiness one thread waits for (epoll(7)). Changed and waited on by that thread only. */
public final class Epoll {
    public static final int IN = 0x001;
    public static final int PRIORITY = 0x002;
    public static final int OUT = 0x004;
    public static final int ERROR = 0x008;
    public static final int HANG_UP = 0x010;
    /** The peer has written its last byte. */
    public static final int READ_HANG_UP = 0x2000;
    /** Of several sets that hold one descriptor, not all are woken; since Linux 4.5. */
    public static final int EXCLUSIVE = 1 << 28;

    public static final int EDGE_TRIGGERED = 1 << 31;

    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;

    /** struct epoll_event is packed on x86-64 alone, so that 32-bit programs may use it (linux/eventpoll.h). */
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));

    private static final int EVENT_SIZE = PACKED ? 12 : 16;
    private static final int TAG_AT = PACKED ? 4 : 8;

    private final Kernel kernel;
    private final int descriptor;
    private final Block events;
    private final ByteBuffer bytes;
    private final int capacity;

    private Epoll(Kernel kernel, int descriptor, int capacity) {
        this.kernel = kernel;
        this.descriptor = descriptor;
        this.events = Block.of(capacity * EVENT_SIZE);
        this.bytes = events.bytes();
        this.capacity = capacity;
    }

    /**
     * An empty set.
     *
     * @param capacity events that one {@link #await} returns at most
     * @throws KernelException if the kernel gives none
     */
    public static Epoll open(Kernel kernel, int capacity) {
        int descriptor = kernel.asInt(kernel.call(Libc.EPOLL_CREATE1, Kernel.CLOSE_ON_EXEC, 0, 0, 0));
        KernelException.check(descriptor, "cannot create an epoll set; raise the limit of open files (LimitNOFILE=)");
        return new Epoll(kernel, descriptor, capacity);
    }

    /**
     * Waits for a descriptor from now on.
     *
     * @param tag what {@link #tag} returns for its events
     */
    public int add(int watched, int interest, int tag) {
        ByteBuffer event = kernel.scratch().bytes();
        event.putInt(0, interest).putLong(TAG_AT, tag);
        return control(CTL_ADD, watched);
    }

    /**
     * Waits for a descriptor no more. Closing it would not be enough where another process shares it: the set holds the open file, not
     * the descriptor (epoll(7), questions and answers).
     */
    public int remove(int watched) {
        return control(CTL_DEL, watched);
    }

    /**
     * Waits until something is ready.
     *
     * @param timeout in milliseconds; -1 for ever, 0 not at all
     * @return how many events there are; 0 when the time is over or a signal came
     */
    public int await(int timeout) {
        int count = kernel.asInt(kernel.call(Libc.EPOLL_WAIT, descriptor, events.address(), capacity, timeout));
        if (count == -Errno.EINTR) {
            return 0;
        }
        KernelException.check(count, "cannot wait on the epoll set");
        return count;
    }

    /** What is ready, of the event with this index. */
    public int ready(int index) {
        return bytes.getInt(index * EVENT_SIZE);
    }

    /** Whose event it is. */
    public int tag(int index) {
        return (int) bytes.getLong(index * EVENT_SIZE + TAG_AT);
    }

    public void close() {
        kernel.close(descriptor);
    }

    private int control(int operation, int watched) {
        return kernel.asInt(kernel.call(
                Libc.EPOLL_CTL, descriptor, operation, watched, kernel.scratch().address()));
    }
}
