package dev.dormouse.proxy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A socket that the data plane serves: one that listens, or a UDP socket, whose sessions are what is called connections here. Thread-safe.
 */
public interface Listener {
    /** Clients that are held or connected; not those that the doorkeeper has not let in. */
    int connections();

    /** Those of {@link #connections} that wait for their turn, as their source has as many connections as it may. */
    default int heldBack() {
        return 0;
    }

    /** What it has moved so far. */
    Traffic traffic();

    /** Datagrams that have not reached their end, by what became of them; of other sockets none. */
    default Map<Loss, Long> losses() {
        return Map.of();
    }

    /** Whether {@link #takeUp} can be asked for: a UDP socket's sessions cannot be carried. */
    default boolean takesUp() {
        return true;
    }

    /** {@link System#nanoTime} when the last client was let in or left, or when listening began. */
    long lastActivityNanos();

    /**
     * Accepts no more; clients wait in the kernel's queue. Completes when no loop can accept any more and nobody is before the doorkeeper,
     * who decides within a second from then on; so {@link #connections} can only fall.
     */
    CompletableFuture<Void> pause();

    /** Accepts again; without effect after {@link #close}. */
    void resume();

    /**
     * Pauses for good and closes this process's descriptor of the socket; established connections go on, sessions end, as their answers
     * would go out by it.
     */
    CompletableFuture<Void> close();

    /**
     * Pauses for good and gives up the socket, open as it is, and every connection between two bytes, so that another data plane, of
     * this process or another, can go on with them. Completes on one of the loops.
     */
    CompletableFuture<GivenUpListener> giveUp();

    /** Goes on with a connection that a listener gave up, whatever the maximum of this one; its descriptors are the data plane's now. */
    void takeUp(CarriedConnection connection);

    /** Breaks every connection and held client of this listener off: both sides of each see a reset. */
    void abort();
}
