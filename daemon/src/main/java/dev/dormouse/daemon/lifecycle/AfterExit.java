package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is due when a container has ended: {@code --rm} removes it, the name it was renamed away from is freed, and where
 * nobody else does it is restarted. Thread-safe. */
final class AfterExit {
    private static final Logger LOG = LoggerFactory.getLogger(AfterExit.class);

    private final CurrentState state;
    private final Removal removal;
    private final NameAlias alias;
    private final DueRestart restarts;

    AfterExit(CurrentState state, Removal removal, NameAlias alias, DueRestart restarts) {
        this.state = state;
        this.removal = removal;
        this.alias = alias;
        this.restarts = restarts;
    }

    /** Has it done on a thread of its own, in its turn: the caller is the runtime's watch, or a verb that is not over. */
    void begin(ContainerEntry container) {
        if (restarts.isOurs(container)) {
            restarts.await(container);
        }
        boolean due = container.record().hostConfig().autoRemove() || NameAlias.has(container);
        if (due) {
            Detached.begin("after-exit", () -> container.exclusively(() -> settle(container)));
        }
    }

    private void settle(ContainerEntry container) {
        try {
            if (container.isRemoved() || state.isActive(container)) {
                return; // somebody was faster: removed or started again, or it restarts by itself
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
