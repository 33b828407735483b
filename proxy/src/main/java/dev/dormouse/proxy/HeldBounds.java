package dev.dormouse.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/** How many datagrams a service holds while its container wakes, whichever of its sockets they came by. Thread-safe. */
public final class HeldBounds {
    private final int mostDatagrams;
    private final int mostBytes;
    private final AtomicInteger datagrams = new AtomicInteger();
    private final AtomicInteger bytes = new AtomicInteger();

    /**
     * Bounds that nothing counts against yet.
     *
     * @param mostDatagrams at least 1
     * @param mostBytes at least 65536, so that any datagram fits
     */
    public HeldBounds(int mostDatagrams, int mostBytes) {
        if (mostDatagrams < 1 || mostBytes < 65_536) {
            throw new IllegalArgumentException("at least one datagram of 65536 bytes must fit, not " + mostDatagrams
                    + " of " + mostBytes + " together");
        }
        this.mostDatagrams = mostDatagrams;
        this.mostBytes = mostBytes;
    }

    /** 1024 datagrams, 1 MiB. */
    public static HeldBounds standard() {
        return new HeldBounds(1024, 1 << 20);
    }

    /** Room for one more; {@link #release} must follow a true. */
    public boolean take(int length) {
        if (datagrams.incrementAndGet() > mostDatagrams) {
            datagrams.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(length) > mostBytes) {
            release(length);
            return false;
        }
        return true;
    }

    /** One is not held any more. */
    public void release(int length) {
        datagrams.decrementAndGet();
        bytes.addAndGet(-length);
    }
}
