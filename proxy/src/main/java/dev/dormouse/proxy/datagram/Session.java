package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.Loss;
import dev.dormouse.proxy.kernel.DatagramPath;
import dev.dormouse.proxy.kernel.Epoll;
import dev.dormouse.proxy.kernel.Errno;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.SocketAddresses;
import dev.dormouse.proxy.loop.Loop;
import dev.dormouse.proxy.loop.Watched;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What one client's address and port exchange with the backend, by a connected socket of their own, whose answers can be nobody else's.
 * On its loop.
 */
final class Session extends Watched {
    private static final int BATCH = 64;
    private static final int NONE = -1;

    /**
     * UDP does not tell that a container has gone. So a client that sends has the backend asked again after this time: while it is awake
     * that costs the look at a file, and else the datagram is held as the first was.
     */
    private static final long VALID_NANOS = 1_000_000_000L;

    /** Sends the loop's buffer to the client. */
    interface Answer {
        int send(DatagramPath path, int length);
    }

    private final Loop loop;
    private final Kernel kernel;
    private final DatagramPath path;
    private final Sessions sessions;
    private final Dealings dealings;
    private final Answer answer;
    private final SessionMeter meter;
    private final HeldDatagrams held;

    private int socket = NONE;
    private Optional<InetSocketAddress> backend = Optional.empty();
    private boolean waits = true;
    private boolean asked;
    private boolean tellsAnswer;
    private boolean ended;
    private long knownNanos;
    private long lastNanos;

    Session(Loop loop, DatagramPath path, Sessions sessions, Dealings dealings, Answer answer, SessionMeter meter) {
        this.loop = loop;
        this.kernel = loop.kernel();
        this.path = path;
        this.sessions = sessions;
        this.dealings = dealings;
        this.answer = answer;
        this.meter = meter;
        this.held = new HeldDatagrams(kernel, dealings.reception().held());
    }

    DatagramPath path() {
        return path;
    }

    /** {@link System#nanoTime} of the last datagram. */
    long lastNanos() {
        return lastNanos;
    }

    /** A datagram of the client is in the loop's buffer. */
    void fromClient(int length, long now) {
        lastNanos = now;
        if (!waits && now - knownNanos > VALID_NANOS) {
            waits = true;
            sessions.waits(this);
        }
        if (waits && !asked) {
            ask();
        }
        if (ended) {
            dealings.losses().add(Loss.UNSERVED, 1);
        } else if (!waits) {
            send(loop.buffer().address(), length);
        } else if (!held.add(loop.buffer().address(), length)) {
            dealings.losses().add(Loss.HELD_OVER, 1);
        }
    }

    private void ask() {
        CompletableFuture<? extends SocketAddress> address = dealings.backend().address(Optional.empty());
        if (address.isDone()) {
            told(address);
            return;
        }
        asked = true;
        tellsAnswer = true;
        var _ = address.whenComplete((_, _) -> loop.leave(() -> {
            asked = false;
            if (!ended) {
                told(address);
            }
        }));
    }

    private void told(CompletableFuture<? extends SocketAddress> address) {
        if (address.isCompletedExceptionally()) {
            end();
            return;
        }
        // What the backend gives that is no inet address is its own error, which ends this session alone.
        if (!(address.resultNow() instanceof InetSocketAddress inet)) {
            end();
            throw new IllegalArgumentException("datagrams go to inet addresses, not to " + address.resultNow());
        }
        if (!backend.equals(Optional.of(inet)) && !connect(inet)) {
            end();
            return;
        }
        long now = System.nanoTime();
        knownNanos = now;
        lastNanos = now;
        waits = false;
        sessions.opened(this);
        held.sendAll(this::send);
    }

    private boolean connect(InetSocketAddress address) {
        closeSocket();
        int family = SocketAddresses.family(address);
        int opened = kernel.datagramSocket(family);
        while ((opened == -Errno.EMFILE || opened == -Errno.ENFILE) && sessions.makeRoom()) {
            opened = kernel.datagramSocket(family);
        }
        if (opened < 0) {
            dealings.losses().add(Loss.CROWDED, 1);
            return false;
        }
        socket = opened;
        if (kernel.connect(opened, address) < 0 || loop.watch(this, opened, Epoll.IN) < 0) {
            dealings.losses().add(Loss.UNSENT, 1);
            return false;
        }
        backend = Optional.of(address);
        return true;
    }

    private void send(long address, int length) {
        int sent = kernel.send(socket, address, length);
        if (isUnreachable(sent)) {
            // The answer to an earlier one, told now: ip(7), error handling. This one was not tried.
            refused();
            sent = kernel.send(socket, address, length);
        }
        if (sent >= 0) {
            meter.fromClients(length);
        } else {
            dealings.losses().add(Loss.UNSENT, 1);
        }
    }

    @Override
    protected void ready(int events) {
        for (int count = 0; count < BATCH && socket != NONE; count++) {
            int size = loop.buffer().size();
            int length = kernel.receiveDatagram(socket, loop.buffer().address(), size);
            if (length == -Errno.EAGAIN) {
                return;
            }
            if (length > size) {
                dealings.losses().add(Loss.OVERSIZE, 1);
            } else if (length >= 0) {
                answered(length);
            } else if (length != -Errno.EINTR) {
                refused();
            }
        }
    }

    private void answered(int length) {
        if (!waits) {
            var _ = sessions.find(path);
        }
        lastNanos = System.nanoTime();
        if (tellsAnswer) {
            tellsAnswer = false;
            dealings.backend().answered();
        }
        if (answer.send(path, length) >= 0) {
            meter.toClients(length);
        } else {
            dealings.losses().add(Loss.UNSENT, 1);
        }
    }

    /** Nothing ends by it: the container may be about to listen again. But the next datagram asks whether it still runs. */
    private void refused() {
        dealings.losses().add(Loss.REFUSED, 1);
        knownNanos = System.nanoTime() - VALID_NANOS - 1;
    }

    private static boolean isUnreachable(int result) {
        return result == -Errno.ECONNREFUSED || result == -Errno.EHOSTUNREACH || result == -Errno.ENETUNREACH;
    }

    /** Drops what it holds, and is no more. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        int dropped = held.drop();
        if (dropped > 0) {
            dealings.losses().add(Loss.UNSERVED, dropped);
        }
        closeSocket();
        sessions.ended(this);
    }

    private void closeSocket() {
        if (socket == NONE) {
            return;
        }
        if (tag() >= 0) {
            loop.closed(this);
        }
        kernel.close(socket);
        socket = NONE;
        backend = Optional.empty();
    }

    @Override
    protected void giveUp() {
        end();
    }
}
