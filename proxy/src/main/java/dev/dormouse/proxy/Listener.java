package dev.dormouse.proxy;

import java.util.concurrent.CompletableFuture;

/** A listening socket that the data plane serves. Thread-safe. */
public interface Listener {
    /** Clients that are held or connected; not those that the doorkeeper has not let in. */
    int connections();

    /** What it has moved so far. */
    Traffic traffic();

    /** {@link System#nanoTime} when the last client was let in or left, or when listening began. */
    long lastActivityNanos();

    /**
     * Accepts no more; clients wait in the kernel's queue. Completes when no loop can accept any more and nobody is before the doorkeeper,
     * who decides within a second from then on; so {@link #connections} can only fall.
     */
    CompletableFuture<Void> pause();

    /** Accepts again; without effect after {@link #close}. */
    void resume();

    /** Pauses for good and closes this process's descriptor of the socket; established connections go on. */
    CompletableFuture<Void> close();

    /** Breaks every connection and held client of this listener off: both sides of each see a reset. */
    void abort();
}
