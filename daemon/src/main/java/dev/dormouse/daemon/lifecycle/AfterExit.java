package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is due when a container has ended: {@code --rm} removes it, and the name it was renamed away from is freed. Thread-safe. */
final class AfterExit {
    private static final Logger LOG = LoggerFactory.getLogger(AfterExit.class);

    private final CurrentState state;
    private final Removal removal;
    private final NameAlias alias;

    AfterExit(CurrentState state, Removal removal, NameAlias alias) {
        this.state = state;
        this.removal = removal;
        this.alias = alias;
    }

    /** Has it done on a thread of its own, in its turn: the caller is the runtime's watch, or a verb that is not over. */
    void begin(ContainerEntry container) {
        boolean due = container.record().hostConfig().autoRemove() || NameAlias.has(container);
        if (due) {
            Detached.begin("after-exit", () -> container.exclusively(() -> settle(container)));
        }
    }

    private void settle(ContainerEntry container) {
        try {
            if (container.isRemoved() || state.isRunning(container)) {
                return; // somebody was faster: removed or started again
            }
            if (container.record().hostConfig().autoRemove()) {
                removal.remove(container);
            } else {
                alias.drop(container);
            }
        } catch (EngineException e) {
            LOG.error(
                    "container {} has ended; what was to be done then failed: {}",
                    container.record().name(),
                    e.getMessage());
        }
    }
}
