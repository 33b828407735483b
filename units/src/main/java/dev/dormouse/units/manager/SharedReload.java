package dev.dormouse.units.manager;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A reload of systemd for all who want one: those that are asked for while one is under way are one. Thread-safe. */
final class SharedReload {
    private final Runnable reload;
    private final ReentrantLock reloading = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();
    private long succeeded;

    SharedReload(Runnable reload) {
        this.reload = reload;
    }

    /** Returns when a reload that began after the call has ended; throws what it throws. */
    void run() {
        long before = begun.get();
        reloading.lock();
        try {
            if (succeeded > before) {
                return;
            }
            long number = begun.incrementAndGet();
            reload.run();
            succeeded = number;
        } finally {
            reloading.unlock();
        }
    }
}
