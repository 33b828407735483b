package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.store.AtOnce;
import java.util.Collection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A phase's work on every container, many at once; what fails on one is logged and keeps no other from it. */
final class EachContainer {
    private static final Logger LOG = LoggerFactory.getLogger(EachContainer.class);

    private EachContainer() {}

    static <T> void of(Collection<T> containers, String work, RestoreProgress progress, Consumer<T> step) {
        AtOnce.forEach(containers, container -> {
            try {
                step.accept(container);
            } catch (EngineException e) {
                LOG.error("restore could not {} container {}: {}", work, container, e.getMessage());
            }
            progress.step();
        });
    }
}
