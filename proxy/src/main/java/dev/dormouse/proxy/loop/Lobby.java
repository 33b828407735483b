package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.Doorkeeper.Departure;
import dev.dormouse.proxy.WaitingRoom;
import java.time.Duration;
import java.util.Optional;

/**
 * Those clients of a listener on one loop that are not simply connected: before the doorkeeper, held by a waiting room, or answered and about
 * to leave. Nobody is here for ever.
 */
final class Lobby {
    /** How often it is looked after. */
    static final int LOOK_MILLIS = 100;

    /** Before the doorkeeper at once, on all loops together. */
    static final int MOST_UNDECIDED = 4096;

    private static final int MOST_LEAVING = 256;
    private static final long DECISION_NANOS = Duration.ofSeconds(10).toNanos();
    /** When others need the room, or the listener is to be paused: as long as a client's first bytes take that has some to send. */
    private static final long HURRIED_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long FAREWELL_NANOS = Duration.ofSeconds(2).toNanos();

    private final Loop loop;
    private final Acceptor acceptor;
    private final int mostUndecided;
    private final long patience;
    private final Waiting undecided = new Waiting();
    private final Waiting held = new Waiting();
    private final Waiting leaving = new Waiting();
    private boolean hurried;

    Lobby(Acceptor acceptor, int loops, Optional<WaitingRoom> waitingRoom) {
        this.loop = acceptor.loop();
        this.acceptor = acceptor;
        this.mostUndecided = Math.max(1, MOST_UNDECIDED / loops);
        this.patience =
                waitingRoom.map(WaitingRoom::patience).orElse(Duration.ZERO).toNanos();
    }

    /** A client is before the doorkeeper. */
    void undecided(Connection client) {
        undecided.add(client, client.acceptedNanos());
        loop.lookAfter(this);
        if (undecided.count() > mostUndecided) {
            undecided.first().ifPresent(first -> first.letGo(Departure.CROWDED));
        }
    }

    /** A client is held. */
    void held(Connection client) {
        held.add(client, client.acceptedNanos());
        loop.lookAfter(this);
    }

    /** A client has been answered. */
    void leaving(Connection client) {
        leaving.add(client, System.nanoTime());
        loop.lookAfter(this);
        if (leaving.count() > MOST_LEAVING) {
            leaving.first().ifPresent(Connection::reset);
        }
    }

    /** A client is elsewhere now. */
    void forget(Connection client) {
        undecided.remove(client);
        held.remove(client);
        leaving.remove(client);
    }

    /** Whether undecided clients are given less time. */
    void hurry(boolean now) {
        hurried = now;
    }

    /** Has the longest undecided client make room for one more; whether there was one that had its time. */
    boolean makeRoom() {
        Optional<Connection> first = undecided.first(System.nanoTime(), HURRIED_NANOS);
        first.ifPresent(client -> client.letGo(Departure.CROWDED));
        return first.isPresent();
    }

    /** Whether anybody is here. */
    boolean isEmpty() {
        return undecided.count() + held.count() + leaving.count() == 0;
    }

    /** Goes on with those whose time is over. */
    void lookAround() {
        long now = System.nanoTime();
        long decision = hurried ? HURRIED_NANOS : DECISION_NANOS;
        for (Optional<Connection> next = undecided.first(now, decision);
                next.isPresent();
                next = undecided.first(now, decision)) {
            next.get().letGo(Departure.SILENT);
        }
        for (Optional<Connection> next = held.first(now, patience);
                next.isPresent();
                next = held.first(now, patience)) {
            held.remove(next.get());
            next.get().heldTooLong();
        }
        for (Optional<Connection> next = leaving.first(now, FAREWELL_NANOS);
                next.isPresent();
                next = leaving.first(now, FAREWELL_NANOS)) {
            next.get().reset();
        }
        if (undecided.first(now, HURRIED_NANOS).isPresent() && acceptor.takeFull()) {
            acceptor.roomAgain();
        }
    }
}
