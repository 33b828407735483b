package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.kernel.Epoll;
import dev.dormouse.proxy.kernel.Kernel;

/** One of the two sockets of a connection, and what is known of it between two edges of epoll. */
final class Endpoint extends Watched {
    static final int INTEREST = Epoll.IN | Epoll.OUT | Epoll.READ_HANG_UP | Epoll.PRIORITY | Epoll.EDGE_TRIGGERED;

    private static final int ENDS = Epoll.READ_HANG_UP | Epoll.HANG_UP | Epoll.ERROR;

    private final Connection connection;
    private final int descriptor;
    private final boolean tcp;

    private boolean readable;
    private boolean writable;
    private boolean ended;
    private boolean broken;
    private boolean tellsEmpty;

    Endpoint(Connection connection, int descriptor, boolean tcp) {
        this.connection = connection;
        this.descriptor = descriptor;
        this.tcp = tcp;
        // A unix socket ends a read early where a message with descriptors begins (unix(7)).
        this.tellsEmpty = tcp;
    }

    @Override
    protected void ready(int events) {
        if ((events & Epoll.OUT) != 0) {
            writable = true;
        }
        if ((events & (Epoll.IN | ENDS)) != 0) {
            readable = true;
        }
        if ((events & (ENDS | Epoll.PRIORITY)) != 0) {
            // No edge will tell of an end that is behind the bytes, and a read stops at an urgent byte (tcp(7)).
            tellsEmpty = false;
            ended |= (events & ENDS) != 0;
        }
        if ((events & Epoll.ERROR) != 0) {
            broken = true;
            writable = true;
        }
        connection.ready(this);
    }

    @Override
    protected void giveUp() {
        connection.reset();
    }

    Connection connection() {
        return connection;
    }

    int descriptor() {
        return descriptor;
    }

    boolean tcp() {
        return tcp;
    }

    boolean readable() {
        return readable;
    }

    boolean writable() {
        return writable;
    }

    /** The peer writes no more, or is gone. */
    boolean ended() {
        return ended;
    }

    /** Reset, or timed out: what was received before can still be read, nothing can be written. */
    boolean broken() {
        return broken;
    }

    /** Nobody is there, as far as can be known of one of whom nothing was read. */
    boolean gone(Loop loop) {
        return broken || (ended && loop.kernel().unread(descriptor) == 0);
    }

    void breakDown() {
        broken = true;
        readable = true;
        tellsEmpty = false;
    }

    /** Read until there was nothing left. */
    void emptied() {
        readable = false;
    }

    /** A read that filled less than it could: where that means there is no more, the next edge tells when there is. */
    void readShort() {
        if (tellsEmpty) {
            readable = false;
        }
    }

    /** The kernel took no more. */
    void filled() {
        writable = false;
    }

    void becameWritable() {
        writable = true;
    }

    void close(Loop loop, boolean reset) {
        Kernel kernel = loop.kernel();
        if (reset && tcp) {
            kernel.resetOnClose(descriptor);
        }
        if (tag() >= 0) {
            loop.closed(this);
        }
        kernel.close(descriptor);
    }
}
