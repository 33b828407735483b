package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Names;
import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out afterwards, when no client waits for it any more, when each phase of a wake was over: systemd and the files of the run know. */
record PhaseTimes(WakeRequest request, SystemdManager manager) {
    /** systemd says that the unit is up a little later than the container may be ready; a bus that is not connected yet, later still. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PhaseTimes.class);

    /**
     * The phases of a wake that has succeeded.
     *
     * @param begunNanos when it was asked for here; where systemd handed the sockets over, it began with that
     * @param readyNanos when the container was seen to be ready
     */
    WakeOutcome.Measured read(UnitStart start, ContainerFacts facts, long begunNanos, long readyNanos)
            throws InterruptedException {
        boolean up = up(start);
        // Both are CLOCK_MONOTONIC, but nanoTime's origin is the JVM's own affair.
        long offset = Libc.monotonicMicros() - TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        long here = TimeUnit.NANOSECONDS.toMicros(begunNanos) + offset;
        try {
            long begun = request.handedOver()
                    ? earlier(here, times(Names.socketUnit(request.name())).stateChange())
                    : here;
            long activeEnter = times(Names.containerUnit(facts.name())).activeEnter();
            Optional<Duration> unit = up && activeEnter > 0 ? Optional.of(since(begun, activeEnter)) : Optional.empty();
            return measured(start, facts, begun, offset, unit, readyNanos);
        } catch (SystemdException e) {
            LOG.warn("{}: cannot ask systemd how long the wake took: {}", request.name(), e.getMessage());
            return measured(start, facts, here, offset, Optional.empty(), readyNanos);
        }
    }

    private WakeOutcome.Measured measured(
            UnitStart start, ContainerFacts facts, long begun, long offset, Optional<Duration> unit, long readyNanos) {
        // A start of systemd's own never waited.
        Duration queue = start.hasQueued()
                ? since(begun, TimeUnit.NANOSECONDS.toMicros(start.turnNanos().orElseThrow()) + offset)
                : Duration.ZERO;
        Duration ready = since(begun, TimeUnit.NANOSECONDS.toMicros(readyNanos) + offset);
        WakePhases phases = new WakePhases(queue, created(facts, begun), unit, ready, Optional.empty());
        return new WakeOutcome.Measured(phases, TimeUnit.MICROSECONDS.toNanos(begun - offset));
    }

    private static boolean up(UnitStart start) throws InterruptedException {
        try {
            return start.up().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (java.util.concurrent.TimeoutException _) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("only told whether it is up", e);
        }
    }

    private UnitTimes times(String unit) {
        return new UnitTimes(manager, unit);
    }

    private static long earlier(long here, long systemd) {
        return systemd > 0 ? Math.min(here, systemd) : here;
    }

    private static Duration since(long begun, long end) {
        return Duration.of(Math.max(0, end - begun), ChronoUnit.MICROS);
    }

    /** conmon writes the pid file when crun has created the container; only its time is for us to see. */
    private static Optional<Duration> created(ContainerFacts facts, long begun) {
        try {
            Instant written = Files.getLastModifiedTime(facts.runtimeFolder().resolve("pid"))
                    .toInstant();
            long age = ChronoUnit.MICROS.between(written, Instant.now());
            return Optional.of(since(begun, Libc.monotonicMicros() - age));
        } catch (IOException _) {
            return Optional.empty(); // it has ended meanwhile
        }
    }
}
