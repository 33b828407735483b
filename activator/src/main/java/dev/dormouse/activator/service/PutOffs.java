package dev.dormouse.activator.service;

/** Clients that were told to come again while their container wakes: they are gone, and still want it. All but {@link #add} is for the agenda. */
final class PutOffs {
    private final Agenda agenda;
    private final Chronicle chronicle;
    private boolean any;

    PutOffs(Agenda agenda, Chronicle chronicle) {
        this.agenda = agenda;
        this.chronicle = chronicle;
    }

    /** One more. Thread-safe. */
    void add() {
        agenda.execute(() -> {
            chronicle.putOff();
            any = true;
        });
    }

    /** Whether there is one since the last wake ended. */
    boolean any() {
        return any;
    }

    /** A wake has ended: who comes again wakes anew. */
    void wakeEnded() {
        any = false;
    }
}
