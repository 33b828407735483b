package dev.dormouse.activator.service;

import dev.dormouse.activator.cgroup.ExecSessions;
import dev.dormouse.activator.config.ContainerFacts;
import java.time.Duration;
import java.util.Optional;

/**
 * Sees when somebody was last in a service's container by {@code docker exec}, which counts for a connection. Looks when that matters, at
 * a folder in memory. Used by tasks of the agenda only.
 */
final class ExecVisits {
    private final Agenda agenda;
    private Optional<Long> lastNanos = Optional.empty();
    private Optional<Long> frozenNanos = Optional.empty();

    ExecVisits(Agenda agenda) {
        this.agenda = agenda;
    }

    /** The container runs, and nobody has been in it that counts. */
    void begin() {
        lastNanos = Optional.empty();
        frozenNanos = Optional.empty();
    }

    /** The container has been frozen now. */
    void frozen() {
        frozenNanos = Optional.of(agenda.nanos());
    }

    /** Looks; whether somebody is there. */
    boolean look(ContainerFacts facts) {
        ExecSessions sessions = ExecSessions.of(facts);
        if (sessions.isAnyOpen()) {
            lastNanos = Optional.of(agenda.nanos());
            return true;
        }
        sessions.sinceLastChange(agenda.instant())
                .map(Duration::toNanos)
                .map(ago -> agenda.nanos() - ago)
                .filter(last -> lastNanos.isEmpty() || last - lastNanos.get() > 0)
                .ifPresent(last -> lastNanos = Optional.of(last));
        return false;
    }

    /** Whether the last look found that somebody came after the container was frozen, which then is not frozen any more. */
    boolean cameSinceFrozen() {
        return lastNanos.isPresent() && frozenNanos.isPresent() && lastNanos.get() - frozenNanos.get() > 0;
    }

    /** The later of a time and when somebody was there, as the last look saw it. */
    long lastNanos(long other) {
        return lastNanos.filter(last -> last - other > 0).orElse(other);
    }
}
