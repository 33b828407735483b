package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.ServiceConfig;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts a container and waits until it is ready. Thread-safe. */
public interface Waker {
    /**
     * Begins, and returns at once.
     *
     * @param outcome called once, on any thread, at the latest when the service's deadline is over
     */
    void wake(WakeRequest request, Consumer<WakeOutcome> outcome);

    /** A service if its container runs, as of a wake that took no time; looks at files alone. Empty as well where that cannot be told. */
    default Optional<WakeOutcome.Ready> awake(ServiceConfig service) {
        return Optional.empty();
    }
}
