package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.kernel.Block;
import dev.dormouse.proxy.kernel.Epoll;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.KernelException;
import dev.dormouse.proxy.kernel.Wakeup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One thread that serves many connections. What is not said to be thread-safe is for its own thread. */
public final class Loop implements Runnable {
    private static final int EVENTS = 256;
    private static final int BUFFER = 64 * 1024;

    private final Kernel kernel;
    private final Epoll epoll;
    private final Mailbox mailbox;
    private final Thread thread;
    private final WatchTable watched = new WatchTable();
    private final Block buffer = Block.of(BUFFER);
    private final PipePool pipes;
    private final ArrayDeque<Connection> unfinished = new ArrayDeque<>();
    private final List<Acceptor> resting = new ArrayList<>();
    private final List<Lobby> lobbies = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private int event;
    private int eventCount;
    private boolean ending;

    private Loop(Kernel kernel, Epoll epoll, Wakeup wakeup, int number) {
        this.kernel = kernel;
        this.epoll = epoll;
        this.mailbox = new Mailbox(wakeup);
        this.pipes = new PipePool(kernel);
        this.thread = Thread.ofPlatform().daemon().name("proxy-loop-" + number).unstarted(this);
    }

    /** A loop that is not started yet. */
    static Loop open(int number) {
        Kernel kernel = new Kernel();
        Epoll epoll = Epoll.open(kernel, EVENTS);
        try {
            return new Loop(kernel, epoll, Wakeup.open(kernel), number);
        } catch (KernelException e) {
            epoll.close();
            throw e;
        }
    }

    void start() {
        thread.start();
    }

    /** Thread-safe. Runs the work soon, in the order it was left; false if the loop has ended. */
    public boolean leave(Runnable work) {
        return mailbox.leave(work);
    }

    /** Thread-safe: connections that this loop keeps. */
    int load() {
        return connections.get();
    }

    /** Thread-safe: whether the caller is on this loop. */
    boolean current() {
        return Thread.currentThread() == thread;
    }

    /** Thread-safe. Ends the loop: every connection is reset. */
    void end() {
        leave(() -> ending = true);
    }

    /** Thread-safe. Waits until the loop has ended. */
    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public void run() {
        watch(mailbox, mailbox.descriptor(), Epoll.IN);
        while (!ending) {
            try {
                turn();
            } catch (RuntimeException | Error e) {
                Trouble.report(e);
            }
        }
        // First the mailbox: a client handed over by another loop is left in it.
        mailbox.close();
        watched.forEach(Watched::giveUp);
        pipes.close();
        epoll.close();
    }

    /** After an error the next turn takes up the events that were left: edge-triggered, they are not told again. */
    private void turn() {
        if (event == eventCount) {
            event = 0;
            eventCount = 0;
            eventCount = epoll.await(timeout());
        }
        while (event < eventCount) {
            Watched target = watched.get(epoll.tag(event));
            int events = epoll.ready(event);
            event++;
            if (target != null) {
                serve(target, events);
            }
        }
        for (int count = unfinished.size(); count > 0; count--) {
            unfinished.remove().goOn();
        }
        if (!resting.isEmpty()) {
            wakeRested();
        }
        if (!lobbies.isEmpty()) {
            lookAround();
        }
        watched.recycle();
    }

    private static void serve(Watched target, int events) {
        try {
            target.ready(events);
        } catch (RuntimeException | Error e) {
            target.giveUp();
            throw e;
        }
    }

    private int timeout() {
        if (!unfinished.isEmpty()) {
            return 0;
        }
        if (!lobbies.isEmpty()) {
            return Lobby.LOOK_MILLIS;
        }
        return resting.isEmpty() ? -1 : Acceptor.PAUSE_MILLIS;
    }

    private void lookAround() {
        for (int index = lobbies.size() - 1; index >= 0; index--) {
            Lobby lobby = lobbies.get(index);
            lobby.lookAround();
            if (lobby.isEmpty()) {
                lobbies.remove(index);
            }
        }
    }

    private void wakeRested() {
        long now = System.nanoTime();
        for (int index = resting.size() - 1; index >= 0; index--) {
            Acceptor acceptor = resting.get(index);
            if (acceptor.rested(now)) {
                resting.remove(index);
                acceptor.endRest();
            }
        }
    }

    /** Keeps an acceptor until it has rested. */
    void rest(Acceptor acceptor) {
        if (!resting.contains(acceptor)) {
            resting.add(acceptor);
        }
    }

    /** Looks after a lobby until it is empty. */
    void lookAfter(Lobby lobby) {
        if (!lobbies.contains(lobby)) {
            lobbies.add(lobby);
        }
    }

    /** Goes on with a connection in the next turn, when the others have had theirs. */
    void later(Connection connection) {
        unfinished.add(connection);
    }

    /** Waits for a descriptor; negative if the kernel refuses. */
    public int watch(Watched target, int descriptor, int interest) {
        watched.add(target);
        int result = epoll.add(descriptor, interest, target.tag());
        if (result < 0) {
            watched.remove(target);
        }
        return result;
    }

    /** Waits for a descriptor no more. */
    public void ignore(Watched target, int descriptor) {
        epoll.remove(descriptor);
        watched.remove(target);
    }

    /** A descriptor that this process alone has was closed. */
    public void closed(Watched target) {
        watched.remove(target);
    }

    void connectionBegan() {
        connections.incrementAndGet();
    }

    void connectionEnded() {
        connections.decrementAndGet();
    }

    /** Breaks the connections of a listener off. */
    void abort(ListeningSocket listener) {
        watched.forEach(each -> {
            if (each instanceof Endpoint endpoint && endpoint.connection().isOf(listener)) {
                endpoint.giveUp();
            }
        });
    }

    /** Takes the connections of a listener out, as they are between two bytes. */
    List<CarriedConnection> carry(ListeningSocket listener) {
        List<CarriedConnection> carried = new ArrayList<>();
        watched.forEach(each -> {
            if (each instanceof Endpoint endpoint && endpoint.connection().isOf(listener)) {
                endpoint.connection().carry().ifPresent(carried::add);
            }
        });
        return carried;
    }

    public Kernel kernel() {
        return kernel;
    }

    /** What one read fills at most, larger than any datagram; its content is of no account between two calls into a connection. */
    public Block buffer() {
        return buffer;
    }

    PipePool pipes() {
        return pipes;
    }
}
