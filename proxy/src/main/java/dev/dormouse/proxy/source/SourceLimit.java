package dev.dormouse.proxy.source;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.kernel.Kernel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * How many clients of one source are served at once, by all listeners that share this. As many again may wait for one of those to end, in the
 * order in which they came: accepted, as their source is not known before, but nothing is read of them, so that TCP holds them back. Any
 * more are to be reset. Thread-safe.
 */
public final class SourceLimit {
    private final int most;
    private final Runnable onReset;

    /** All below under the lock of this object. */
    private final Map<Source, Crowd> crowds = new HashMap<>();

    /** Of all sources, in the order in which they began to wait. */
    private final SequencedSet<Turn> waiting = new LinkedHashSet<>();
    /** By their descriptors. */
    private final Map<Integer, Turn> expected = new HashMap<>();

    private boolean closed;

    /**
     * A limit; nobody is here yet.
     *
     * @param most connections of a source that are served at once, at least 1
     * @param onReset called for each client that is reset for it, on an event loop: it must not block
     * @throws IllegalArgumentException if the maximum is below 1
     */
    public SourceLimit(int most, Runnable onReset) {
        if (most < 1) {
            throw new IllegalArgumentException("the maximum of connections of a source must be at least 1: " + most);
        }
        this.most = most;
        this.onReset = onReset;
    }

    /**
     * Those connections of another data plane will be taken up: they have their places, and no newcomer takes them. To be called before
     * the listeners accept.
     */
    public synchronized void expect(List<CarriedConnection> carried) {
        Kernel kernel = new Kernel();
        carried.stream()
                .sorted(Comparator.comparing(connection -> connection.backend().isEmpty()))
                .forEach(connection -> kernel.peerOf(connection.client())
                        .map(InetSocketAddress::getAddress)
                        .ifPresent(source -> expect(connection, source)));
    }

    private void expect(CarriedConnection connection, InetAddress source) {
        Turn turn = come(crowd(source));
        if (connection.backend().isPresent()) {
            serve(turn);
        } else if (turn.crowd.served < most) {
            serve(turn);
        } else {
            queue(turn);
        }
        expected.put(connection.client(), turn);
    }

    /** That of a client that was expected. */
    public synchronized Optional<Turn> expected(int descriptor) {
        return Optional.ofNullable(expected.remove(descriptor));
    }

    /** A client has come; empty if it is one too many, and to be reset at once. */
    public Optional<Turn> arrive(InetAddress source) {
        synchronized (this) {
            Crowd crowd = crowd(source);
            if (crowd.here < 2L * most) {
                return Optional.of(come(crowd));
            }
        }
        onReset.run();
        return Optional.empty();
    }

    /** Has the last client that began to wait at a place give way to others, as that is full; false if there is none. */
    public boolean makeRoom(Object place) {
        Optional<Turn> last;
        synchronized (this) {
            last = waiting.reversed().stream()
                    .filter(turn -> turn.place.equals(place))
                    .findFirst();
            last.ifPresent(turn -> {
                stopWaiting(turn);
                turn.state = Turn.State.GIVING_WAY;
            });
        }
        last.ifPresent(turn -> {
            onReset.run();
            turn.giveWay.run();
        });
        return last.isPresent();
    }

    /** How many wait at a place. */
    public synchronized int waiting(Object place) {
        return (int) waiting.stream().filter(turn -> turn.place.equals(place)).count();
    }

    /** Nobody's turn comes any more: all of them are to be carried elsewhere. */
    public synchronized void close() {
        closed = true;
    }

    boolean take(Turn turn, Object place, Runnable itsTurn, Runnable giveWay) {
        synchronized (this) {
            turn.place = place;
            turn.itsTurn = itsTurn;
            turn.giveWay = giveWay;
            if (turn.state == Turn.State.HERE) {
                if (turn.crowd.served < most && !closed) {
                    serve(turn);
                } else {
                    queue(turn);
                }
            }
            return turn.state == Turn.State.SERVED;
        }
    }

    void leave(Turn turn) {
        Optional<Turn> next = Optional.empty();
        synchronized (this) {
            Turn.State before = turn.state;
            if (before == Turn.State.GONE) {
                return;
            }
            turn.state = Turn.State.GONE;
            Crowd crowd = turn.crowd;
            crowd.here--;
            if (crowd.here == 0) {
                crowds.remove(crowd.source);
            }
            if (before == Turn.State.WAITING) {
                stopWaiting(turn);
            } else if (before == Turn.State.SERVED) {
                crowd.served--;
                next = next(crowd);
            }
        }
        next.ifPresent(turnOfNext -> turnOfNext.itsTurn.run());
    }

    private Optional<Turn> next(Crowd crowd) {
        // More than allowed may have been taken up together.
        if (closed || crowd.queue.isEmpty() || crowd.served >= most) {
            return Optional.empty();
        }
        Turn next = crowd.queue.getFirst();
        stopWaiting(next);
        serve(next);
        return Optional.of(next);
    }

    private Crowd crowd(InetAddress address) {
        return crowds.computeIfAbsent(Source.of(address), Crowd::new);
    }

    private Turn come(Crowd crowd) {
        crowd.here++;
        return new Turn(this, crowd);
    }

    private static void serve(Turn turn) {
        turn.crowd.served++;
        turn.state = Turn.State.SERVED;
    }

    private void queue(Turn turn) {
        turn.crowd.queue.add(turn);
        waiting.add(turn);
        turn.state = Turn.State.WAITING;
    }

    private void stopWaiting(Turn turn) {
        turn.crowd.queue.remove(turn);
        waiting.remove(turn);
    }
}
