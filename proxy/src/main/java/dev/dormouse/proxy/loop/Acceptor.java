package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.kernel.Epoll;
import dev.dormouse.proxy.kernel.Errno;
import java.util.concurrent.atomic.AtomicBoolean;

/** A loop's share in one listener: accepts while it is wanted, there is room, and the kernel has descriptors to give. */
final class Acceptor extends Watched {
    /** How long no client is accepted after the kernel had no descriptor or memory for one. */
    static final int PAUSE_MILLIS = 100;

    /** Between two lines in the log about it. */
    private static final long SILENCE_NANOS = 60_000_000_000L;

    private final Loop loop;
    private final ListeningSocket listener;

    /** The listener is full: its next client that leaves has this acceptor go on. */
    private final AtomicBoolean full = new AtomicBoolean();

    private final Lobby lobby;
    private final Meter fromClients = new Meter();
    private final Meter toClients = new Meter();

    private boolean wanted;
    private boolean resting;
    private boolean polling;
    private long restsUntil;
    private long nextWordNanos = System.nanoTime();

    Acceptor(Loop loop, ListeningSocket listener) {
        this.loop = loop;
        this.listener = listener;
        this.lobby = new Lobby(
                this, listener.loops().all().size(), listener.reception().waitingRoom());
    }

    Loop loop() {
        return loop;
    }

    /** Of the clients of this listener that this loop keeps. */
    Lobby lobby() {
        return lobby;
    }

    /** Of the connections of this listener that this loop keeps. */
    Meter fromClients() {
        return fromClients;
    }

    /** The other direction. */
    Meter toClients() {
        return toClients;
    }

    /** On the loop. */
    void resume() {
        wanted = true;
        lobby.hurry(false);
        adjust();
    }

    /** On the loop: accepts nothing from when this returns. */
    void pause() {
        wanted = false;
        lobby.hurry(true);
        adjust();
    }

    /** Thread-safe: whether it waits for {@link #roomAgain}, which must follow a true. */
    boolean takeFull() {
        return full.get() && full.compareAndSet(true, false);
    }

    /** On the loop: a client has left. */
    void roomAgain() {
        adjust();
    }

    @Override
    protected void ready(int events) {
        if (!polling) {
            return;
        }
        if (!listener.reserve() && !(lobby.makeRoom() && listener.reserve())) {
            full.set(true);
            // A client may have left before that was to be seen.
            if (listener.hasRoom()) {
                full.set(false);
            } else {
                listener.askForRoom();
            }
            adjust();
            return;
        }
        // A client without a descriptor left for its backend would only wait for those that wait like it.
        boolean enough = listener.loops().descriptorsLeft();
        int descriptor = enough ? loop.kernel().accept(listener.descriptor()) : -Errno.EMFILE;
        if (descriptor >= 0) {
            accepted(descriptor);
        } else {
            listener.release();
            failed(-descriptor);
        }
    }

    @Override
    protected void giveUp() {
        // Goes on with the next client: what failed was about one.
    }

    boolean rested(long now) {
        return now - restsUntil >= 0;
    }

    void endRest() {
        resting = false;
        adjust();
    }

    private void accepted(int descriptor) {
        listener.came();
        listener.loops().keep(loop, listener, descriptor);
    }

    private void failed(int error) {
        switch (error) {
            // Another loop was first, or the client is gone already (accept(2), error handling): the next is waited
            // for.
            case Errno.EAGAIN,
                    Errno.EINTR,
                    Errno.ECONNABORTED,
                    Errno.EPERM,
                    Errno.EPROTO,
                    Errno.ENOPROTOOPT,
                    Errno.EOPNOTSUPP,
                    Errno.ENETDOWN,
                    Errno.ENETUNREACH,
                    Errno.EHOSTDOWN,
                    Errno.EHOSTUNREACH -> {}
            default -> trouble(error);
        }
    }

    private void trouble(int error) {
        rest();
        adjust();
        if (nextWordNanos - System.nanoTime() <= 0) {
            nextWordNanos = System.nanoTime() + SILENCE_NANOS;
            Trouble.acceptFailed(listener.descriptor(), Errno.words(error));
        }
    }

    private void rest() {
        resting = true;
        restsUntil = System.nanoTime() + PAUSE_MILLIS * 1_000_000L;
        loop.rest(this);
    }

    private void adjust() {
        boolean poll = wanted && !resting && !full.get();
        if (poll == polling) {
            return;
        }
        polling = poll;
        if (!poll) {
            loop.ignore(this, listener.descriptor());
        } else if (loop.watch(this, listener.descriptor(), Epoll.IN | Epoll.EXCLUSIVE) < 0) {
            polling = false;
            rest();
        }
    }
}
