package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.Doorkeeper;
import dev.dormouse.proxy.Doorkeeper.Departure;
import dev.dormouse.proxy.Doorkeeper.Verdict;
import dev.dormouse.proxy.Loss;
import dev.dormouse.proxy.kernel.DatagramMessage;
import dev.dormouse.proxy.kernel.DatagramPath;
import dev.dormouse.proxy.kernel.Epoll;
import dev.dormouse.proxy.kernel.Errno;
import dev.dormouse.proxy.kernel.KernelException;
import dev.dormouse.proxy.loop.Loop;
import dev.dormouse.proxy.loop.Watched;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads a UDP socket, and gives each datagram to the session of its client. On its loop. */
final class Inlet extends Watched {
    /** Datagrams before the loop's other work has its turn. */
    private static final int BATCH = 64;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Loop loop;
    private final int descriptor;
    private final Dealings dealings;
    private final DatagramMessage message;
    private final Sessions sessions;
    private final SessionMeter meter;
    private boolean polling;

    Inlet(Loop loop, int descriptor, Dealings dealings, SessionMeter meter) {
        this.loop = loop;
        this.descriptor = descriptor;
        this.dealings = dealings;
        this.message = new DatagramMessage(loop.kernel());
        this.meter = meter;
        this.sessions = new Sessions(loop, dealings, meter);
    }

    void resume() {
        sessions.hurry(false);
        if (!polling) {
            KernelException.check(loop.watch(this, descriptor, Epoll.IN), "cannot wait for datagrams");
            polling = true;
        }
    }

    /** Reads no more: datagrams wait in the kernel's queue. Sessions end soon, for which there are only answers under way. */
    void pause() {
        if (polling) {
            polling = false;
            loop.ignore(this, descriptor);
        }
        sessions.hurry(true);
    }

    /** Reads no more, and ends all sessions. */
    void end() {
        pause();
        endSessions();
        sessions.close();
    }

    void endSessions() {
        sessions.endAll();
    }

    @Override
    protected void ready(int events) {
        long now = System.nanoTime();
        for (int count = 0; count < BATCH && polling; count++) {
            int length = message.receive(
                    descriptor, loop.buffer().address(), loop.buffer().size());
            if (length == -Errno.EAGAIN) {
                return;
            }
            if (length < 0) {
                // Of a datagram that is no more: its checksum was wrong, or a signal came (recv(2)).
                continue;
            }
            if (message.isTruncated()) {
                dealings.losses().add(Loss.OVERSIZE, 1);
            } else {
                arrived(length, now);
            }
        }
    }

    @Override
    protected void giveUp() {
        // Goes on with the next datagram: what failed was about one.
    }

    private void arrived(int length, long now) {
        DatagramPath path = message.path();
        Optional<Session> known = sessions.find(path);
        if (known.isPresent()) {
            known.get().fromClient(length, now);
        } else if (isLetIn(path)) {
            Session begun = new Session(loop, path, sessions, dealings, this::answer, meter);
            if (sessions.add(begun, now)) {
                begun.fromClient(length, now);
            } else {
                dealings.losses().add(Loss.CROWDED, 1);
            }
        }
    }

    /** By its address alone; the doorkeeper itself counts whom it turns away. */
    private boolean isLetIn(DatagramPath path) {
        Optional<Doorkeeper> doorkeeper = dealings.reception().doorkeeper();
        if (doorkeeper.isEmpty()) {
            return true;
        }
        Doorkeeper.Visit visit = doorkeeper.get().arrived(Optional.of(path.source()));
        return switch (visit.look(NOTHING)) {
            case Verdict.Admitted _ -> true;
            case Verdict.TurnedAway _ -> false;
            case Verdict.Undecided _ -> {
                visit.undecided(Departure.SILENT);
                yield false;
            }
        };
    }

    /** Sends what is in the loop's buffer back. */
    private int answer(DatagramPath path, int length) {
        return message.send(descriptor, path, loop.buffer().address(), length);
    }
}
