package dev.dormouse.proxy.loop;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of one direction of a listener on one loop. The loop's thread adds, for the price of a plain addition; any may read. */
final class Meter {
    private final AtomicLong bytes = new AtomicLong();

    void add(int count) {
        bytes.setRelease(bytes.getPlain() + count);
    }

    long total() {
        return bytes.getAcquire();
    }
}
