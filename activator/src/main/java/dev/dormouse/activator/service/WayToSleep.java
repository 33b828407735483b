package dev.dormouse.activator.service;

import dev.dormouse.activator.config.Names;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a service that nobody comes to: its container is frozen if it is declared so, then stopped, and its sockets are given back.
 * Used by tasks of the agenda only.
 */
final class WayToSleep {
    private final Service service;
    private final Surroundings around;
    private final Neighbours neighbours;
    private final Listeners listeners;
    private final Quiet quiet;
    private final Consent consent;
    private final Chronicle chronicle;
    private final UnitStop units;
    private final Timer timer;

    WayToSleep(
            Service service,
            Surroundings around,
            Neighbours neighbours,
            Listeners listeners,
            Quiet quiet,
            Chronicle chronicle) {
        this.service = service;
        this.around = around;
        this.neighbours = neighbours;
        this.listeners = listeners;
        this.quiet = quiet;
        this.consent = new Consent(service.name(), around, service.declared(), chronicle);
        this.chronicle = chronicle;
        this.units = new UnitStop(around);
        this.timer = new Timer(around.agenda());
    }

    /** Looks again when there may be something to do. */
    void plan() {
        timer.plan(quiet.left(service.state()), this::look);
    }

    /** What was planned holds no more. */
    void cancel() {
        timer.cancel();
    }

    /** Whether its own command, if it has one, has nothing against it. */
    boolean isConsented() {
        return consent.isGiven(service.state());
    }

    /** Looks again: its time may be over, or a neighbour has changed. */
    void look() {
        ServiceState state = service.state();
        switch (state) {
            case ServiceState.Drowsy drowsy
            when drowsy.isPaused() && !service.isDraining() -> {
                if (listeners.connections() > 0 || service.isVisited() || !neighbours.mayRest(service)) {
                    service.wakeUp(drowsy.before());
                } else if (neighbours.mayStop(service)) {
                    fallAsleep();
                }
            }
            case ServiceState.Awake _, ServiceState.Listening _, ServiceState.Failed _ -> lookWhetherQuiet(state);
            case ServiceState.Drowsy _, ServiceState.Waking _, ServiceState.FallingAsleep _, ServiceState.Gone _ -> {}
        }
    }

    private void lookWhetherQuiet(ServiceState state) {
        if (service.isDraining()) {
            return;
        }
        boolean visited = service.isVisited();
        if (quiet.isWarm() || visited || service.wasVisitedFrozen()) {
            neighbours.freezes().thaw(service);
        }
        if (!quiet.isStageOver(state)) {
            plan();
        } else if (!neighbours.areQuiet(service)) {
            // They tell when that changes; a client of its own that came this very moment does not.
            timer.plan(quiet.pause(), this::look);
        } else if (!isConsented() && state instanceof ServiceState.Awake awake) {
            timer.plan(consent.pause(), this::look);
            consent.ask(awake.facts(), () -> {
                neighbours.changed(service);
                look();
            });
        } else if (quiet.isOver(state)) {
            rest(state);
        } else {
            neighbours.freezes().freeze(service);
            plan();
        }
    }

    private void rest(ServiceState state) {
        if (!neighbours.mayRest(service)) {
            timer.plan(service.declared().idle(), this::look);
            return;
        }
        ServiceState.Drowsy drowsy = new ServiceState.Drowsy(state);
        service.enter(drowsy);
        var _ = listeners.pause().whenComplete((_, _) -> around.agenda().execute(() -> paused(drowsy)));
    }

    private void paused(ServiceState.Drowsy drowsy) {
        if (service.state() == drowsy && !service.isDraining()) {
            drowsy.pause();
            neighbours.changed(service);
            look();
        }
    }

    private void fallAsleep() {
        ServiceState.FallingAsleep falling = new ServiceState.FallingAsleep();
        service.enter(falling);
        long begun = around.agenda().nanos();
        neighbours.stop(
                Names.containerUnit(service.declared().container()),
                problem -> stopped(falling, problem, () -> {
                    // Stopped, it is not frozen any more.
                    neighbours.freezes().forget(service.declared().container());
                    chronicle.asleep(Duration.ofNanos(around.agenda().nanos() - begun));
                    // The sockets stay open here, paused, until that asks for them: whatever fails, somebody has them.
                    units.stop(
                            Names.proxyUnit(service.name()),
                            failed -> around.agenda()
                                    .execute(() -> stopped(falling, failed, () -> service.takeBack(() -> {}))));
                }));
    }

    /** Goes on falling asleep, unless something went wrong or somebody came. */
    private void stopped(ServiceState.FallingAsleep falling, Optional<String> problem, Runnable next) {
        if (service.state() != falling) {
            return;
        }
        if (problem.isPresent() || service.hasHeld()) {
            problem.ifPresent(chronicle::cannotSleep);
            problem.ifPresent(_ -> quiet.trouble());
            service.wakeUp(new ServiceState.Listening());
        } else {
            next.run();
        }
    }
}
