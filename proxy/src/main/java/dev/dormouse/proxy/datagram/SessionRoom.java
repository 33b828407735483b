package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.kernel.Kernel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many sessions there may be in this process, each with a descriptor: a quarter of those that it may have, as anybody may invent
 * addresses that UDP comes from, and connections must not suffer from that. Thread-safe.
 */
final class SessionRoom {
    private static final int SHARE = 4;

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    SessionRoom(int most) {
        this.most = most;
    }

    static SessionRoom ofProcess() {
        return new SessionRoom(Math.max(1, new Kernel().descriptorLimit() / SHARE));
    }

    /** Room for one more; {@link #leave} must follow a true. */
    boolean take() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        taken.decrementAndGet();
    }
}
