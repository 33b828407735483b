package dev.dormouse.daemon.api.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that happens at most once, and can be waited for. Thread-safe. */
final class Once {
    private final CountDownLatch latch = new CountDownLatch(1);

    void happen() {
        latch.countDown();
    }

    /** Whether it has happened within this time; false also if the thread is interrupted, which it stays. */
    boolean await(Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
