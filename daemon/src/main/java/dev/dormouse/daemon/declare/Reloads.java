package dev.dormouse.daemon.declare;

import dev.dormouse.units.manager.SystemdManager;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Has systemd read its unit files again: once for all who ask while it is at it. Thread-safe. */
final class Reloads {
    private final SystemdManager systemd;
    private final AtomicLong asked = new AtomicLong();
    private final ReentrantLock turn = new ReentrantLock();
    private long done;

    Reloads(SystemdManager systemd) {
        this.systemd = systemd;
    }

    /** Returns when systemd has read all that was written before the call. */
    void reload() {
        long mine = asked.incrementAndGet();
        turn.lock();
        try {
            if (done < mine) {
                long covered = asked.get();
                systemd.reload();
                done = covered;
            }
        } finally {
            turn.unlock();
        }
    }
}
