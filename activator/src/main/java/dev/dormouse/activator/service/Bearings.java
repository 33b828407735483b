package dev.dormouse.activator.service;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.wake.WakeOutcome;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out where a service stands that an earlier process held. */
final class Bearings {
    private static final Logger LOG = LoggerFactory.getLogger(Bearings.class);

    private final String name;
    private final Surroundings around;

    Bearings(String name, Surroundings around) {
        this.name = name;
        this.around = around;
    }

    /**
     * Reads the service's files in the background.
     *
     * @param wasAwake whether its container was ready there
     * @param config called by a task of the agenda, if it is declared as it should be; what is wrong with it, its next wake says
     * @param ready called last; empty if the container does not run
     */
    void take(boolean wasAwake, Consumer<ServiceConfig> config, Consumer<Optional<WakeOutcome.Ready>> ready) {
        around.background().execute(() -> {
            Optional<ServiceConfig> declared = declared();
            Optional<WakeOutcome.Ready> awake = wasAwake ? around.waker().awake(name) : Optional.empty();
            around.agenda().execute(() -> {
                declared.ifPresent(config);
                ready.accept(awake);
            });
        });
    }

    private Optional<ServiceConfig> declared() {
        try {
            return Optional.of(around.declarations().read(name));
        } catch (ConfigException e) {
            LOG.debug("{}: {}", name, e.getMessage());
            return Optional.empty();
        }
    }
}
