package dev.dormouse.activator.service;

import java.time.Duration;

/** How long a service still has to wait for a client before it may sleep. Used by tasks of the agenda only. */
final class Quiet {
    /** Before falling asleep is tried again after it failed; at least the idle time. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);

    private final Agenda agenda;
    private final Listeners listeners;
    private final Declared declared;
    private long awakeNanos;
    private long notBeforeNanos;

    Quiet(Agenda agenda, Listeners listeners, Declared declared) {
        this.agenda = agenda;
        this.listeners = listeners;
        this.declared = declared;
        this.notBeforeNanos = agenda.nanos();
    }

    /** Falling asleep has failed: not again at once. */
    void trouble() {
        Duration idle = declared.idle();
        Duration pause = idle.compareTo(AFTER_TROUBLE) > 0 ? idle : AFTER_TROUBLE;
        notBeforeNanos = agenda.nanos() + pause.toNanos();
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
        Duration left = longer(declared.idle().minus(quiet), Duration.ofNanos(notBeforeNanos - agenda.nanos()));
        return state instanceof ServiceState.Awake
                ? longer(left, declared.minAwake().minus(sinceAwake()))
                : left;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
