package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.spec.Signals;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code docker rm}. */
final class RemoveContainer {
    private static final Logger LOG = LoggerFactory.getLogger(RemoveContainer.class);
    private static final StopContainer.Order AT_ONCE = StopContainer.Order.of(Optional.of(0), Optional.of("SIGKILL"));

    private final ContainerRuntime runtime;
    private final CurrentState state;
    private final StopContainer stop;
    private final Removal removal;

    RemoveContainer(ContainerRuntime runtime, CurrentState state, StopContainer stop, Removal removal) {
        this.runtime = runtime;
        this.state = state;
        this.stop = stop;
        this.removal = removal;
    }

    /** Waits for its turn itself, because a forced removal must not wait for a stop that takes for ever. */
    void remove(ContainerEntry container, String reference, boolean force) {
        if (force && state.isRunning(container)) {
            cutShort(container.record());
        }
        container.exclusively(() -> {
            if (container.isRemoved()) {
                alreadyRemoved(reference, force);
                return;
            }
            if (state.isRunning(container)) {
                endIfForced(container, force);
            }
            removal.remove(container);
        });
    }

    /** {@code --rm} removes it as soon as it was killed: a forced removal has what it wanted. */
    private static void alreadyRemoved(String reference, boolean force) {
        if (!force) {
            throw ContainerIndex.noSuchContainer(reference);
        }
    }

    private void endIfForced(ContainerEntry container, boolean force) {
        if (!force) {
            throw new EngineException.Conflict(
                    "cannot remove container \"/" + container.record().name()
                            + "\": container is running: stop the container before removing or force remove");
        }
        stop.end(container, AT_ONCE);
    }

    private void cutShort(ContainerRecord container) {
        try {
            runtime.kill(container, Signals.text(Signals.SIGKILL));
        } catch (EngineException.Conflict e) {
            LOG.debug("container {} ended before it was killed: {}", container.name(), e.getMessage());
        }
    }
}
