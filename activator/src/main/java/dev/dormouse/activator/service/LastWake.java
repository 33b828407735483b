package dev.dormouse.activator.service;

import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.activator.wake.WakePhases;
import java.util.Optional;

/** What a service's last wake that succeeded took. All but {@link #answered} is for tasks of the agenda. */
final class LastWake {
    private final Agenda agenda;
    private final Chronicle chronicle;
    private volatile Optional<WakeStory> story = Optional.empty();
    private Optional<WakePhases> phases = Optional.empty();

    LastWake(Agenda agenda, Chronicle chronicle) {
        this.agenda = agenda;
        this.chronicle = chronicle;
    }

    /** A wake has succeeded; what it took is known, and told, later. */
    void begins(WakeOutcome.Ready ready, int clients) {
        story = Optional.of(new WakeStory(agenda, ready, clients, measured -> {
            phases = Optional.of(measured.phases());
            chronicle.awake(measured.phases(), clients, ready.facts().container());
        }));
    }

    /** A client has been answered. Thread-safe. */
    void answered() {
        story.ifPresent(WakeStory::answered);
    }

    /** Empty before the first. */
    Optional<WakePhases> phases() {
        return phases;
    }
}
