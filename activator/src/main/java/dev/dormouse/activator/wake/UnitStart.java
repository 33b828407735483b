package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.Names;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.units.manager.SystemdManager.UnitState;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has systemd start the container's unit; blocks. One thread runs it, others may look at what came of it. */
final class UnitStart implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(UnitStart.class);

    private final String name;
    private final String unit;
    private final boolean handedOver;
    private final SystemdManager manager;
    private final LongSupplier nanos;
    private volatile Optional<String> failure = Optional.empty();
    private volatile Optional<Long> endedNanos = Optional.empty();

    UnitStart(String name, boolean handedOver, SystemdManager manager, LongSupplier nanos) {
        this.name = name;
        this.unit = Names.containerUnit(name);
        this.handedOver = handedOver;
        this.manager = manager;
        this.nanos = nanos;
    }

    /** Why it will not come up; empty while it may, or has. */
    Optional<String> failure() {
        return failure;
    }

    /** When systemd said that it is up. */
    Optional<Long> endedNanos() {
        return endedNanos;
    }

    @Override
    public void run() {
        try {
            start();
        } catch (SystemdException e) {
            if (handedOver) {
                // systemd itself is starting the container: not being able to ask about it changes nothing.
                LOG.warn("{}: cannot ask systemd about {}: {}", name, unit, e.getMessage());
            } else {
                failure = Optional.of("container " + name + ": cannot start " + unit + ": " + e.getMessage());
            }
        }
    }

    private void start() {
        if (handedOver) {
            UnitState state = manager.state(unit);
            if (state.active().equals("failed")) {
                // This very hand-over's start, queued by systemd together with it: a second one would be one too many.
                failed(state.result());
                return;
            }
        }
        JobResult result = manager.start(unit);
        if (result == JobResult.DONE) {
            endedNanos = Optional.of(nanos.getAsLong());
        } else {
            failed(result.name().toLowerCase(Locale.ROOT));
        }
    }

    private void failed(String result) {
        failure = Optional.of("container " + name + ": " + unit + " did not start (result " + result
                + "); see journalctl -u " + unit);
    }
}
