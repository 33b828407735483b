package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.Traffic;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the sessions of one socket. The loop's thread adds, for the price of plain additions; any may read. */
final class SessionMeter {
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong fromClients = new AtomicLong();
    private final AtomicLong toClients = new AtomicLong();
    private volatile int sessions;
    private volatile long lastActivityNanos = System.nanoTime();

    /** How many there are now. */
    void sessions(int now, long nanos) {
        if (now > sessions) {
            add(accepted, now - sessions);
        }
        sessions = now;
        lastActivityNanos = nanos;
    }

    void fromClients(int bytes) {
        add(fromClients, bytes);
    }

    void toClients(int bytes) {
        add(toClients, bytes);
    }

    int sessions() {
        return sessions;
    }

    long lastActivityNanos() {
        return lastActivityNanos;
    }

    Traffic traffic() {
        return new Traffic(accepted.getAcquire(), fromClients.getAcquire(), toClients.getAcquire());
    }

    private static void add(AtomicLong counter, int count) {
        counter.setRelease(counter.getPlain() + count);
    }
}
