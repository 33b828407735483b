package dev.dormouse.activator.service;

import java.time.Duration;
import java.util.Optional;

/** One task that is to run later, or none. Used by tasks of the agenda only. */
final class Timer {
    private final Agenda agenda;
    private Optional<Agenda.Planned> planned = Optional.empty();

    Timer(Agenda agenda) {
        this.agenda = agenda;
    }

    /** In place of what was planned. */
    void plan(Duration delay, Runnable task) {
        cancel();
        planned = Optional.of(agenda.schedule(delay, task));
    }

    void cancel() {
        planned.ifPresent(Agenda.Planned::cancel);
        planned = Optional.empty();
    }
}
