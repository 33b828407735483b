package dev.dormouse.activator.service;

import java.time.Duration;

/** How long a service still has to wait for a client before it may sleep. Used by tasks of the agenda only. */
final class Quiet {
    private final Agenda agenda;
    private final Listeners listeners;
    private final Declared declared;
    private long awakeNanos;

    Quiet(Agenda agenda, Listeners listeners, Declared declared) {
        this.agenda = agenda;
        this.listeners = listeners;
        this.declared = declared;
    }

    /** The container has become ready now. */
    void awake() {
        awakeNanos = agenda.nanos();
    }

    Duration sinceAwake() {
        return Duration.ofNanos(agenda.nanos() - awakeNanos);
    }

    /** Until it is worth looking again. */
    Duration left(ServiceState state) {
        return listeners.connections() > 0 ? declared.idle() : untilIdle(state);
    }

    /** Whether the time is over, and nobody is connected. */
    boolean isOver(ServiceState state) {
        return listeners.connections() == 0 && !untilIdle(state).isPositive();
    }

    private Duration untilIdle(ServiceState state) {
        Duration quiet = Duration.ofNanos(agenda.nanos() - listeners.lastActivityNanos());
        Duration left = declared.idle().minus(quiet);
        if (!(state instanceof ServiceState.Awake)) {
            return left;
        }
        Duration due = declared.minAwake().minus(sinceAwake());
        return due.compareTo(left) > 0 ? due : left;
    }
}
