package dev.dormouse.activator;

import dev.dormouse.activator.service.Agenda;
import dev.dormouse.activator.tally.Count;
import dev.dormouse.activator.tally.Tally;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the clients of a service that its limit for each source has reset; a flood of them is one task of the agenda. Thread-safe. */
final class ResetClients {
    private final String service;
    private final Agenda agenda;
    private final Tally tally;
    private final AtomicLong fresh = new AtomicLong();

    ResetClients(String service, Agenda agenda, Tally tally) {
        this.service = service;
        this.agenda = agenda;
        this.tally = tally;
    }

    /** One more. */
    void count() {
        if (fresh.getAndIncrement() == 0) {
            agenda.execute(() -> tally.count(Count.CLIENTS_RESET, service, fresh.getAndSet(0)));
        }
    }
}
