package dev.dormouse.activator.service;

import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops units, in the background. */
final class UnitStop {
    private static final Logger LOG = LoggerFactory.getLogger(UnitStop.class);

    private final Surroundings around;

    UnitStop(Surroundings around) {
        this.around = around;
    }

    /**
     * Stops a unit.
     *
     * @param ended called on another thread when its job has ended, with what went wrong if anything did
     */
    void stop(String unit, Consumer<Optional<String>> ended) {
        around.background().execute(() -> ended.accept(stopped(unit)));
    }

    /** Calls back, on another thread, if the unit is inactive or failed. */
    void ifInactive(String unit, Runnable inactive) {
        ifState(unit, Set.of("inactive", "failed"), inactive);
    }

    /** Calls back, on another thread, if the unit is active or being started. */
    void ifActive(String unit, Runnable active) {
        ifState(unit, Set.of("active", "activating"), active);
    }

    private void ifState(String unit, Set<String> states, Runnable then) {
        around.background().execute(() -> {
            try {
                if (states.contains(around.manager().state(unit).active())) {
                    then.run();
                }
            } catch (SystemdException e) {
                LOG.warn("cannot ask systemd about {}: {}", unit, e.getMessage());
            }
        });
    }

    private Optional<String> stopped(String unit) {
        try {
            JobResult result = around.manager().stop(unit);
            return result == JobResult.DONE
                    ? Optional.empty()
                    : Optional.of("stop of " + unit + " ended with result "
                            + result.name().toLowerCase(Locale.ROOT));
        } catch (SystemdException e) {
            return Optional.of("cannot stop " + unit + ": " + e.getMessage());
        }
    }
}
