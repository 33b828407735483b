package dev.dormouse.integration;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, bounded, for what neither systemd nor the kernel tells a test by an event. */
final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what + "\n" + Shell.journal());
            }
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while waiting until " + what, e);
            }
        }
    }
}
