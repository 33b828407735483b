package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.Doorkeeper;
import dev.dormouse.proxy.Doorkeeper.Departure;
import dev.dormouse.proxy.Doorkeeper.Verdict;
import dev.dormouse.proxy.WaitingRoom;
import dev.dormouse.proxy.kernel.Errno;
import dev.dormouse.proxy.source.SourceLimit;
import dev.dormouse.proxy.source.Turn;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is met whose listener has a doorkeeper, a limit for each source or a waiting room: it is looked at before it is let in,
 * waits until its source has fewer connections, and is answered when it has been held for too long. Its bytes stay in the kernel, so that until it is let in it costs no memory of ours. On the loop that keeps it.
 */
final class Desk {
    /** What becomes of the client. */
    enum Outcome {
        LET_IN,
        STAYS,
        /** It has been answered, and is waited for to close. */
        LEAVES,
        GONE
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Connection connection;
    private final Loop loop;
    private final ListeningSocket listener;
    private final Endpoint client;
    private final Lobby lobby;

    private Doorkeeper.@Nullable Visit visit;
    private int seen;
    private @Nullable Turn turn;
    private boolean heldBack;
    private boolean letIn;
    private boolean turnedAway;
    private boolean heldTooLong;
    private @Nullable Farewell farewell;

    Desk(Connection connection, Loop loop, ListeningSocket listener, Endpoint client) {
        this.connection = connection;
        this.loop = loop;
        this.listener = listener;
        this.client = client;
        this.lobby = listener.acceptorOn(loop).lobby();
        this.letIn = listener.reception().doorkeeper().isEmpty();
    }

    /**
     * It has come.
     *
     * @param caller empty for a client of a unix socket
     */
    Outcome arrive(Optional<InetSocketAddress> caller) {
        Optional<Doorkeeper> doorkeeper = listener.reception().doorkeeper();
        Optional<SourceLimit> sources = listener.reception().sources();
        turn = sources.flatMap(limit -> limit.expected(client.descriptor())).orElse(null);
        if (listener.hasLost(caller)) {
            // Asked once: whoever is known here is so to the doorkeeper and to the backend.
            return Outcome.GONE;
        }
        if (doorkeeper.isEmpty() && sources.isEmpty()) {
            return Outcome.LET_IN;
        }
        Optional<InetAddress> source = caller.map(InetSocketAddress::getAddress);
        if (turn == null && sources.isPresent() && source.isPresent()) {
            Optional<Turn> begun = sources.get().arrive(source.get());
            if (begun.isEmpty()) {
                loop.kernel().resetOnClose(client.descriptor());
                return Outcome.GONE;
            }
            turn = begun.get();
        }
        return doorkeeper.isEmpty() ? awaitTurn() : meet(doorkeeper.get(), source);
    }

    private Outcome meet(Doorkeeper doorkeeper, Optional<InetAddress> source) {
        Doorkeeper.Visit begun = doorkeeper.arrived(source);
        visit = begun;
        Outcome outcome = decided(begun.look(NOTHING));
        if (visit != null) {
            lobby.undecided(connection);
        }
        return outcome;
    }

    /** It is let in, unless its source has as many connections as it may. */
    private Outcome awaitTurn() {
        heldBack = turn != null
                && !turn.take(listener, () -> loop.leave(connection::turnCame), () -> loop.leave(connection::reset));
        return heldBack ? Outcome.STAYS : Outcome.LET_IN;
    }

    /** Another connection of its source has ended. */
    Outcome turnCame() {
        heldBack = false;
        return Outcome.LET_IN;
    }

    /** It was let in where it came from. */
    void carriedIn() {
        letIn = true;
        turn = listener.reception()
                .sources()
                .flatMap(limit -> limit.expected(client.descriptor()))
                .orElse(null);
    }

    /** It has sent something, or ended its stream, or is gone. */
    Outcome ready() {
        if (farewell != null) {
            return client.broken() || farewell.isOver() ? Outcome.GONE : Outcome.LEAVES;
        }
        if (visit != null) {
            return client.broken() ? letGo(Departure.SILENT) : look(visit);
        }
        if (heldBack) {
            return client.gone(loop) ? Outcome.GONE : Outcome.STAYS;
        }
        return heldTooLong ? putOff() : Outcome.STAYS;
    }

    /** It waits for its backend from now on. */
    void held() {
        if (listener.reception().waitingRoom().isPresent()) {
            lobby.held(connection);
        }
    }

    /** Its backend has taken it. */
    void connected() {
        heldTooLong = false;
        lobby.forget(connection);
    }

    /** The waiting room's patience is over: it is answered as soon as it asks for something. */
    Outcome heldTooLong() {
        heldTooLong = true;
        return putOff();
    }

    /** Answers it in its backend's place, if it has asked for something that can be answered. */
    Outcome putOff() {
        Optional<WaitingRoom> room = listener.reception().waitingRoom();
        int count = room.isEmpty() ? 0 : peek();
        Optional<ByteBuffer> answer = count <= 0
                ? Optional.empty()
                : room.orElseThrow().answer(loop.buffer().view(count));
        if (answer.isEmpty()) {
            return Outcome.STAYS;
        }
        listener.backend().putOff();
        return answer(answer.get());
    }

    /** It is not waited for any more before the doorkeeper. */
    Outcome letGo(Departure why) {
        Doorkeeper.Visit ended = visit;
        visit = null;
        if (ended != null) {
            ended.undecided(why);
        }
        return Outcome.GONE;
    }

    /** Its descriptor is closed. */
    void end() {
        lobby.forget(connection);
        if (turn != null) {
            turn.leave();
        }
        if (letIn) {
            listener.left();
        } else {
            turnAway();
            listener.release();
        }
    }

    private Outcome look(Doorkeeper.Visit going) {
        int count = peek();
        if (count == -Errno.EAGAIN) {
            return Outcome.STAYS;
        }
        if (count > seen) {
            seen = count;
            Outcome outcome = decided(going.look(loop.buffer().view(count)));
            if (visit == null) {
                return outcome;
            }
        }
        if (count == Doorkeeper.MOST_BYTES) {
            return letGo(Departure.OVERSIZE);
        }
        return count <= 0 || client.ended() ? letGo(Departure.SILENT) : Outcome.STAYS;
    }

    private Outcome decided(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Undecided _ -> Outcome.STAYS;
            case Verdict.Admitted _ -> {
                visit = null;
                lobby.forget(connection);
                letIn = true;
                listener.letIn();
                yield awaitTurn();
            }
            case Verdict.TurnedAway away -> {
                visit = null;
                turnAway();
                yield !away.answer().hasRemaining() ? Outcome.GONE : answer(away.answer());
            }
        };
    }

    private Outcome answer(ByteBuffer bytes) {
        lobby.forget(connection);
        Farewell begun = new Farewell(loop, client);
        farewell = begun;
        if (!begun.say(bytes)) {
            return Outcome.GONE;
        }
        lobby.leaving(connection);
        return Outcome.LEAVES;
    }

    private void turnAway() {
        if (!turnedAway) {
            turnedAway = true;
            listener.turnedAway();
        }
    }

    private int peek() {
        return loop.kernel().peek(client.descriptor(), loop.buffer().address(), Doorkeeper.MOST_BYTES);
    }
}
