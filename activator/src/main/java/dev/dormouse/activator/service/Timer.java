package dev.dormouse.activator.service;

import java.time.Duration;
import java.util.Optional;

/** One task that is to run later, or none. Used by tasks of the agenda only. */
public final class Timer {
    private final Agenda agenda;
    private Optional<Agenda.Planned> planned = Optional.empty();

    /** A timer for tasks of the agenda. */
    public Timer(Agenda agenda) {
        this.agenda = agenda;
    }

    /** In place of what was planned. */
    public void plan(Duration delay, Runnable task) {
        cancel();
        planned = Optional.of(agenda.schedule(delay, task));
    }

    /** What was planned is not to run any more. */
    public void cancel() {
        planned.ifPresent(Agenda.Planned::cancel);
        planned = Optional.empty();
    }
}
