package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts containers where nobody else does, without a systemd: when the restart that was decided on as the run ended is due.
 * Thread-safe.
 */
final class DueRestart {
    private static final Logger LOG = LoggerFactory.getLogger(DueRestart.class);

    private final ContainerRuntime runtime;
    private final Consumer<ContainerEntry> start;

    DueRestart(ContainerRuntime runtime, Consumer<ContainerEntry> start) {
        this.runtime = runtime;
        this.start = start;
    }

    boolean isOurs(ContainerEntry container) {
        return !runtime.restartsByItself()
                && runtime.restarts(container.record()).next().isPresent();
    }

    /** Waits until it is due; then starts it in its turn, unless somebody stopped, started or removed it meanwhile. */
    void await(ContainerEntry container) {
        Optional<Instant> planned = runtime.restarts(container.record()).next();
        Thread.ofVirtual().name("restart").start(() -> {
            try {
                planned.ifPresent(DueRestart::sleepUntil);
                container.exclusively(() -> restart(container, planned));
            } catch (EngineException e) {
                LOG.error(
                        "container {} could not be restarted: {}",
                        container.record().name(),
                        e.getMessage());
            }
        });
    }

    private void restart(ContainerEntry container, Optional<Instant> planned) {
        if (container.isRemoved()
                || !runtime.restarts(container.record()).next().equals(planned)) {
            return;
        }
        try {
            start.accept(container);
        } catch (EngineException e) {
            LOG.warn("{}", e.getMessage());
            // A restart that failed counts as one, and the next may be due.
            if (isOurs(container)) {
                await(container);
            }
        }
    }

    private static void sleepUntil(Instant due) {
        try {
            Thread.sleep(Duration.between(Instant.now(), due));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Failed("interrupted while it waited for its restart", e);
        }
    }
}
