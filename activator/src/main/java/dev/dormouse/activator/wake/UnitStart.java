package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.Names;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.units.manager.SystemdManager.UnitState;
import dev.dormouse.units.manager.SystemdManager.Watch;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has systemd start the container's unit, then watches that it stays up. One thread runs it and blocks; others may look at what came of
 * it, and close it.
 */
final class UnitStart implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnitStart.class);
    private static final Watch NONE = () -> {};

    private final String name;
    private final String unit;
    private final boolean handedOver;
    private final SystemdManager manager;
    private final LongSupplier nanos;
    private volatile Optional<String> failure = Optional.empty();
    private volatile Optional<Long> endedNanos = Optional.empty();
    private Watch watch = NONE;
    private volatile boolean closed;

    UnitStart(String name, boolean handedOver, SystemdManager manager, LongSupplier nanos) {
        this.name = name;
        this.unit = Names.containerUnit(name);
        this.handedOver = handedOver;
        this.manager = manager;
        this.nanos = nanos;
    }

    /** Why the container will not be ready; empty while it may. */
    Optional<String> failure() {
        return failure;
    }

    /** When systemd said that the unit is up. */
    Optional<Long> endedNanos() {
        return endedNanos;
    }

    @Override
    public void run() {
        try {
            start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = Optional.of("container " + name + ": interrupted while starting " + unit);
        } catch (SystemdException e) {
            if (handedOver) {
                // systemd itself is starting the container: not being able to ask about it changes nothing.
                LOG.warn("{}: cannot ask systemd about {}: {}", name, unit, e.getMessage());
            } else {
                failure = Optional.of("container " + name + ": cannot start " + unit + ": " + e.getMessage());
            }
        }
    }

    private void start() throws InterruptedException {
        UnitState state = manager.state(unit);
        if (handedOver && state.active().equals("failed")) {
            // This very hand-over's start, queued by systemd together with it: a second one would be one too many.
            failed("did not start", state.result());
            return;
        }
        if (state.active().equals("deactivating")) {
            letStopEnd();
        }
        if (closed) {
            return; // it was seen to be ready meanwhile, and may have been stopped since
        }
        if (!isUnderWay(state)) {
            JobResult result = manager.start(unit);
            if (result != JobResult.DONE) {
                failed("did not start", result.name().toLowerCase(Locale.ROOT));
                return;
            }
        }
        keepWatch();
    }

    /**
     * Whether systemd has started it by itself. Asking again would change nothing but for whoever stops it meanwhile: while polkit thinks
     * about the call, which takes 60 ms when polkit is not up yet, their stop is queued, and the start would cancel it.
     */
    private boolean isUnderWay(UnitState state) {
        return state.active().equals("active") || (handedOver && state.active().equals("activating"));
    }

    /** A start now would cancel the job of the stop that is under way: {@code systemctl stop} would fail for its caller. */
    private void letStopEnd() throws InterruptedException {
        BlockingQueue<UnitState> changes = new LinkedBlockingQueue<>();
        try (Watch _ = manager.watch(unit, changes::add)) {
            UnitState state = manager.state(unit);
            while (state.active().equals("deactivating") && !closed) {
                UnitState next = changes.poll(1, TimeUnit.SECONDS);
                state = next == null ? manager.state(unit) : next;
            }
        }
    }

    private synchronized void keepWatch() {
        if (!closed) {
            watch = manager.watch(unit, this::changed);
            changed(manager.state(unit));
        }
    }

    private void changed(UnitState state) {
        if (state.active().equals("active") && endedNanos.isEmpty()) {
            endedNanos = Optional.of(nanos.getAsLong());
        }
        if (state.active().equals("failed") || state.active().equals("inactive")) {
            failed("ended before it was ready", state.result());
        }
    }

    private void failed(String what, String result) {
        failure = Optional.of(
                "container " + name + ": " + unit + " " + what + " (result " + result + "); see journalctl -u " + unit);
    }

    /** Watches no more. */
    @Override
    public synchronized void close() {
        closed = true;
        watch.close();
    }
}
