package dev.dormouse.activator.wake;

import java.util.function.Consumer;

/** Starts a container and waits until it is ready. Thread-safe. */
public interface Waker {
    /**
     * Begins, and returns at once.
     *
     * @param handedOver the sockets have just come from systemd, which starts the container itself at the same time
     * @param outcome called once, on any thread, at the latest when the service's deadline is over
     */
    void wake(String name, boolean handedOver, Consumer<WakeOutcome> outcome);
}
