package dev.dormouse.integration;

/** Time that somebody lets pass, as part of what a test does; not to wait for anything. */
final class Pause {
    private Pause() {}

    static void of(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted in a pause", e);
        }
    }
}
