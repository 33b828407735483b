package dev.dormouse.activator.service;

import dev.dormouse.activator.config.LocalZone;
import java.time.Duration;
import java.util.Optional;

/** How long a service still has to wait for a client before it may sleep. Used by tasks of the agenda only. */
final class Quiet {
    /** Before falling asleep is tried again after it failed; at least the idle time. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);

    /** Between two looks at the machine's clock, where a service is kept warm at times. */
    private static final Duration CLOCK = Duration.ofMinutes(1);
    /** Between two looks whether somebody has come by {@code docker exec} to a frozen container, which thaws it. */
    private static final Duration VISITS = Duration.ofSeconds(10);
    /** The least time between two looks whether somebody is still against what is due. */
    private static final Duration LEAST_LOOK = Duration.ofMillis(100);

    private final Agenda agenda;
    private final Listeners listeners;
    private final Declared declared;
    private final CpuWatch cpu;
    private final ExecVisits visits;
    private boolean freezable = true;
    private long awakeNanos;
    private long notBeforeNanos;

    Quiet(Agenda agenda, Listeners listeners, Declared declared, CpuWatch cpu, ExecVisits visits) {
        this.agenda = agenda;
        this.listeners = listeners;
        this.declared = declared;
        this.cpu = cpu;
        this.visits = visits;
        this.notBeforeNanos = agenda.nanos();
    }

    /** Falling asleep has failed: not again at once. */
    void trouble() {
        Duration idle = declared.idle();
        Duration pause = idle.compareTo(AFTER_TROUBLE) > 0 ? idle : AFTER_TROUBLE;
        notBeforeNanos = agenda.nanos() + pause.toNanos();
    }

    /** Its container cannot be frozen: not tried again before it is woken again. */
    void cannotFreeze() {
        freezable = false;
    }

    /** The container has become ready now. */
    void awake() {
        freezable = true;
        awakeNanos = agenda.nanos();
    }

    Duration sinceAwake() {
        return Duration.ofNanos(agenda.nanos() - awakeNanos);
    }

    /** Whether it is to be kept warm now. */
    boolean isWarm() {
        return !declared.rest().keepWarm().isEmpty() && declared.rest().isWarm(agenda.instant(), LocalZone.now());
    }

    /** Until it is worth looking again. */
    Duration left(ServiceState state) {
        if (isWarm()) {
            return CLOCK;
        }
        Duration stage = listeners.connections() > 0 ? declared.firstStage() : untilStage(state);
        boolean frozen = state instanceof ServiceState.Awake awake && awake.isFrozen();
        Duration left = frozen ? shorter(stage, VISITS) : stage;
        // The clock may be put to any time, and nothing tells.
        return declared.rest().keepWarm().isEmpty() ? left : shorter(left, CLOCK);
    }

    /** Whether the time is over, and nobody is connected. */
    boolean isOver(ServiceState state) {
        return isOver(declared.idle(), state);
    }

    /** Whether the time to freeze has come. */
    boolean isFreezeDue(ServiceState state) {
        return state instanceof ServiceState.Awake awake
                && freezable
                && awake.isOpen()
                && declared.rest()
                        .freeze()
                        .filter(freeze -> isOver(freeze, state))
                        .isPresent();
    }

    /** Whether the first thing that is to be done has come, which is to freeze if it is not yet frozen, else to stop. */
    boolean isStageOver(ServiceState state) {
        return isFreezeDue(state) || isOver(state);
    }

    private boolean isOver(Duration time, ServiceState state) {
        return listeners.connections() == 0 && !until(time, state).isPositive() && !isWarm();
    }

    private Duration untilStage(ServiceState state) {
        Duration stop = until(declared.idle(), state);
        boolean freezes = state instanceof ServiceState.Awake awake && freezable && !awake.isFrozen();
        Optional<Duration> freeze =
                declared.rest().freeze().filter(_ -> freezes).map(time -> until(time, state));
        // If it is due and has not been done somebody was against it.
        return freeze.map(left -> shorter(stop, left.isPositive() ? left : pause()))
                .orElse(stop);
    }

    /** Between two looks whether somebody is still against what is due. */
    Duration pause() {
        return longer(declared.firstStage(), LEAST_LOOK);
    }

    private Duration until(Duration time, ServiceState state) {
        long last = visits.lastNanos(cpu.lastBusyNanos(listeners.lastActivityNanos()));
        Duration quiet = Duration.ofNanos(agenda.nanos() - last);
        Duration left = longer(time.minus(quiet), Duration.ofNanos(notBeforeNanos - agenda.nanos()));
        return state instanceof ServiceState.Awake
                ? longer(left, declared.minAwake().minus(sinceAwake()))
                : left;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
