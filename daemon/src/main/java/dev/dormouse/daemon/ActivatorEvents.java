package dev.dormouse.daemon;

import dev.dormouse.daemon.activation.ActivationWatch;
import dev.dormouse.daemon.lifecycle.ContainerService;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The activator's events among the engine's; without systemd there is no activator. One thread begins and closes it. */
final class ActivatorEvents implements Closeable {
    private final Path state;
    private final ContainerService containers;
    private final boolean hasActivator;
    private volatile Closeable watch = () -> {};

    ActivatorEvents(Path state, ContainerService containers, boolean hasActivator) {
        this.state = state;
        this.containers = containers;
        this.hasActivator = hasActivator;
    }

    /** The containers are known. */
    void begin() {
        if (hasActivator) {
            watch = ActivationWatch.begin(
                    state.resolve("activator/events"),
                    state.resolve("events/activator.position"),
                    containers.activations());
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
