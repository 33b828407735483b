package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.GivenUpListener;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.Traffic;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.source.SourceLimit;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

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

    /** Whether somebody was asked to make room, and there has been none since. */
    private final AtomicBoolean roomIsMade = new AtomicBoolean();

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
    public int heldBack() {
        return reception.sources().map(sources -> sources.waiting(this)).orElse(0);
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
        return closed.orElseGet(this::pauseUntilDecided);
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
            closed = Optional.of(pauseUntilDecided().thenRun(() -> {
                new Kernel().close(descriptor);
                loops.forget(this);
            }));
        }
        return closed.get();
    }

    @Override
    public synchronized CompletableFuture<GivenUpListener> giveUp() {
        OptionalInt socket = closed.isEmpty() ? OptionalInt.of(descriptor) : OptionalInt.empty();
        reception.sources().ifPresent(SourceLimit::close);
        CompletableFuture<Void> paused = pauseAll();
        closed = closed.or(() -> Optional.of(paused));
        loops.forget(this);
        // A client that one loop accepted and left to another is begun there before what is left now.
        return paused.thenCompose(_ -> carryAll())
                .thenApply(connections -> new GivenUpListener(socket, List.copyOf(connections)));
    }

    private CompletableFuture<Queue<CarriedConnection>> carryAll() {
        Queue<CarriedConnection> carried = new ConcurrentLinkedQueue<>();
        return onEach(acceptor -> carried.addAll(acceptor.loop().carry(this))).thenApply(_ -> carried);
    }

    @Override
    public void takeUp(CarriedConnection connection) {
        reserved.incrementAndGet();
        if (goesToDoor(connection)) {
            undecided.came();
        } else {
            connections.incrementAndGet();
            lastActivityNanos = System.nanoTime();
        }
        loops.takeUp(this, connection);
    }

    @Override
    public void abort() {
        for (Acceptor acceptor : acceptors) {
            acceptor.loop().leave(() -> acceptor.loop().abort(this));
        }
    }

    /** Who came before the last loop had paused is decided on. */
    private CompletableFuture<Void> pauseUntilDecided() {
        return pauseAll().thenCompose(_ -> undecided.none());
    }

    private CompletableFuture<Void> pauseAll() {
        return onEach(Acceptor::pause);
    }

    /** Has each loop do something; a loop that has ended does nothing. */
    private CompletableFuture<Void> onEach(Consumer<Acceptor> act) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(acceptors.size());
        for (Acceptor acceptor : acceptors) {
            boolean willRun = acceptor.loop().leave(() -> {
                try {
                    act.accept(acceptor);
                } finally {
                    // The mailbox tells of an error; who waits for all loops goes on.
                    countDown(left, done);
                }
            });
            if (!willRun) {
                countDown(left, done);
            }
        }
        return done;
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
        return reception.doorkeeper().isPresent()
                || reception.waitingRoom().isPresent()
                || reception.sources().isPresent();
    }

    /** Whether a client has gone already: only of one is there no address, once it was asked for. */
    boolean hasLost(Optional<InetSocketAddress> caller) {
        return asksWhoCame() && tcp && caller.isEmpty();
    }

    /** Whether it is of account where a client comes from. */
    boolean asksWhoCame() {
        return reception.doorkeeper().isPresent()
                || reception.proxyProtocol().isPresent()
                || reception.sources().isPresent();
    }

    Backend backend() {
        return backend;
    }

    /** Makes sure of room for one more client; {@link #release} or {@link #left} must follow a true. */
    boolean reserve() {
        if (reserved.incrementAndGet() <= reception.connectionsMaximum()) {
            return true;
        }
        giveBack();
        return false;
    }

    boolean hasRoom() {
        return reserved.get() < reception.connectionsMaximum();
    }

    /** It is full: whoever waits here for other clients of its own source must not keep those of others out. */
    void askForRoom() {
        // One makes room for one, though all loops see that there is none.
        if (reception.sources().isPresent()
                && roomIsMade.compareAndSet(false, true)
                && !reception.sources().get().makeRoom(this)) {
            roomIsMade.set(false);
        }
    }

    /** Gives room up, and has the loops go on that wait for it. */
    void release() {
        roomIsMade.set(false);
        giveBack();
    }

    private void giveBack() {
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
        lost(reception.doorkeeper().isPresent());
    }

    /** The same of one that was taken up. */
    void lost(CarriedConnection connection) {
        lost(goesToDoor(connection));
    }

    private void lost(boolean atDoor) {
        if (atDoor) {
            turnedAway();
            release();
        } else {
            left();
        }
    }

    /** One that was held is looked at anew: its bytes are still in the kernel. */
    private boolean goesToDoor(CarriedConnection connection) {
        return reception.doorkeeper().isPresent() && connection.backend().isEmpty();
    }

    private void connected() {
        connections.incrementAndGet();
        accepted.incrementAndGet();
        lastActivityNanos = System.nanoTime();
    }
}
