package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.Traffic;
import dev.dormouse.proxy.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A listener that all loops accept from. Thread-safe. */
final class ListeningSocket implements Listener {
    private final Loops loops;
    private final int descriptor;
    private final boolean tcp;
    private final Reception reception;
    private final Backend backend;
    private final List<Acceptor> acceptors = new ArrayList<>();

    /** Clients, those before the doorkeeper or about to leave, and those for whom an accept is under way. */
    private final AtomicInteger reserved = new AtomicInteger();

    private final AtomicInteger connections = new AtomicInteger();
    private final Undecided undecided = new Undecided();
    private final AtomicLong accepted = new AtomicLong();
    private volatile long lastActivityNanos = System.nanoTime();
    private Optional<CompletableFuture<Void>> closed = Optional.empty();

    ListeningSocket(Loops loops, int descriptor, boolean tcp, Reception reception, Backend backend) {
        this.loops = loops;
        this.descriptor = descriptor;
        this.tcp = tcp;
        this.reception = reception;
        this.backend = backend;
        for (Loop loop : loops.all()) {
            acceptors.add(new Acceptor(loop, this));
        }
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public Traffic traffic() {
        long fromClients = 0;
        long toClients = 0;
        for (Acceptor acceptor : acceptors) {
            fromClients += acceptor.fromClients().total();
            toClients += acceptor.toClients().total();
        }
        return new Traffic(accepted.get(), fromClients, toClients);
    }

    @Override
    public long lastActivityNanos() {
        return lastActivityNanos;
    }

    /** Under the lock, so that all loops see pauses and resumes in one order. */
    @Override
    public synchronized CompletableFuture<Void> pause() {
        return closed.orElseGet(this::pauseAll);
    }

    @Override
    public synchronized void resume() {
        if (closed.isPresent()) {
            return;
        }
        for (Acceptor acceptor : acceptors) {
            acceptor.loop().leave(acceptor::resume);
        }
    }

    @Override
    public synchronized CompletableFuture<Void> close() {
        if (closed.isEmpty()) {
            closed = Optional.of(pauseAll().thenRun(() -> {
                new Kernel().close(descriptor);
                loops.forget(this);
            }));
        }
        return closed.get();
    }

    @Override
    public void abort() {
        for (Acceptor acceptor : acceptors) {
            acceptor.loop().leave(() -> acceptor.loop().abort(this));
        }
    }

    private CompletableFuture<Void> pauseAll() {
        CompletableFuture<Void> paused = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(acceptors.size());
        for (Acceptor acceptor : acceptors) {
            boolean willRun = acceptor.loop().leave(() -> {
                acceptor.pause();
                countDown(left, paused);
            });
            if (!willRun) {
                countDown(left, paused);
            }
        }
        // Who came before the last loop had paused is decided on.
        return paused.thenCompose(_ -> undecided.none());
    }

    private static void countDown(AtomicInteger left, CompletableFuture<Void> future) {
        if (left.decrementAndGet() == 0) {
            future.complete(null);
        }
    }

    Loops loops() {
        return loops;
    }

    int descriptor() {
        return descriptor;
    }

    boolean tcp() {
        return tcp;
    }

    /** The acceptor of one of its loops. */
    Acceptor acceptorOn(Loop loop) {
        for (int index = 0; index < acceptors.size(); index++) {
            if (acceptors.get(index).loop() == loop) {
                return acceptors.get(index);
            }
        }
        throw new IllegalArgumentException("a loop of another data plane");
    }

    Reception reception() {
        return reception;
    }

    /** Whether a client may be met otherwise than by being connected. */
    boolean hasDesk() {
        return reception.doorkeeper().isPresent() || reception.waitingRoom().isPresent();
    }

    Backend backend() {
        return backend;
    }

    /** Makes sure of room for one more client; {@link #release} or {@link #left} must follow a true. */
    boolean reserve() {
        if (reserved.incrementAndGet() <= reception.connectionsMaximum()) {
            return true;
        }
        release();
        return false;
    }

    boolean hasRoom() {
        return reserved.get() < reception.connectionsMaximum();
    }

    /** Gives room up, and has the loops go on that wait for it. */
    void release() {
        reserved.decrementAndGet();
        for (int index = 0; index < acceptors.size(); index++) {
            Acceptor acceptor = acceptors.get(index);
            if (acceptor.takeFull()) {
                acceptor.loop().leave(acceptor::roomAgain);
            }
        }
    }

    /** A client was accepted: it is a connection, or before the doorkeeper. */
    void came() {
        if (reception.doorkeeper().isPresent()) {
            undecided.came();
        } else {
            connected();
        }
    }

    /** The doorkeeper has let a client in. */
    void letIn() {
        // In this order: at no time it counts nowhere.
        connected();
        undecided.left();
    }

    /** The doorkeeper has not let a client in, which still has its descriptor; {@link #release} must follow. */
    void turnedAway() {
        undecided.left();
    }

    /** A client has ended that was a connection. */
    void left() {
        lastActivityNanos = System.nanoTime();
        connections.decrementAndGet();
        release();
    }

    /** A client has come to nothing right after it was accepted. */
    void lost() {
        if (reception.doorkeeper().isPresent()) {
            turnedAway();
            release();
        } else {
            left();
        }
    }

    private void connected() {
        connections.incrementAndGet();
        accepted.incrementAndGet();
        lastActivityNanos = System.nanoTime();
    }
}
