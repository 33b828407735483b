package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.kernel.Kernel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The loops of a data plane. Thread-safe. */
final class Loops {
    /** Of the JVM, its jars, the listeners, and what else the process does. */
    private static final int OTHER_DESCRIPTORS = 100;

    private final List<Loop> all;
    private final Set<ListeningSocket> listeners = ConcurrentHashMap.newKeySet();
    private final int connectionsMaximum;
    private boolean closed;

    /**
     * Those loops.
     *
     * @param descriptorLimit how many descriptors the process may have (RLIMIT_NOFILE)
     */
    Loops(List<Loop> all, int descriptorLimit) {
        this.all = List.copyOf(all);
        int others = OTHER_DESCRIPTORS + all.size() * (PipePool.MOST * 2 + 2);
        this.connectionsMaximum = Math.max(1, (descriptorLimit - others) / 2);
    }

    /** Whether there are two descriptors for one more connection, as far as the process uses few for other things. */
    boolean descriptorsLeft() {
        int connections = 0;
        for (int index = 0; index < all.size(); index++) {
            connections += all.get(index).load();
        }
        return connections < connectionsMaximum;
    }

    List<Loop> all() {
        return all;
    }

    /** Begins to accept from a listener. */
    synchronized void add(ListeningSocket listener) {
        if (closed) {
            throw new IllegalStateException("the data plane is closed");
        }
        listeners.add(listener);
        listener.resume();
    }

    void forget(ListeningSocket listener) {
        listeners.remove(listener);
    }

    /** Ends every loop, waits for that, and closes the listeners. Not from one of the loops, which cannot outlast itself. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        for (Loop loop : all) {
            if (loop.current()) {
                throw new IllegalStateException("a data plane cannot be closed from one of its own loops");
            }
            loop.end();
        }
        boolean interrupted = false;
        for (Loop loop : all) {
            interrupted |= joinInterrupted(loop);
        }
        for (ListeningSocket listener : listeners) {
            // Complete at once: no loop is left to wait for.
            listener.close().join();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A loop ends at once, so an interrupt is kept for the caller rather than obeyed. */
    private static boolean joinInterrupted(Loop loop) {
        boolean interrupted = false;
        while (true) {
            try {
                loop.join();
                return interrupted;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
    }

    /**
     * Begins a connection on the loop that accepted it, or on the one with the fewest when that one has clearly more: the kernel wakes
     * the loop first that waited last, which under little load is always the same.
     */
    void keep(Loop accepting, ListeningSocket listener, int descriptor) {
        Loop least = least(accepting);
        boolean uneven = accepting.load() > 1 + least.load() + least.load() / 4;
        if (uneven) {
            if (least.leave(connection(least, accepting, listener, descriptor)::begin)) {
                return;
            }
            least.connectionEnded();
        }
        connection(accepting, accepting, listener, descriptor).begin();
    }

    /** Goes on with a connection on the loop with the fewest. */
    void takeUp(ListeningSocket listener, CarriedConnection carried) {
        Loop home = least(all.getFirst());
        // It counts from here on, so that the next of many that are taken up together goes elsewhere.
        Connection connection = new Connection(home, listener, carried.client());
        boolean willBegin = home.leave(() -> connection.begin(carried));
        if (!willBegin) {
            home.connectionEnded();
            carried.descriptors().forEach(new Kernel()::close);
            listener.lost(carried);
        }
    }

    /** The loop with the fewest, that one rather than another. */
    private Loop least(Loop preferred) {
        Loop least = preferred;
        for (int index = 0; index < all.size(); index++) {
            Loop loop = all.get(index);
            if (loop.load() < least.load()) {
                least = loop;
            }
        }
        return least;
    }

    private static Connection connection(Loop home, Loop accepting, ListeningSocket listener, int descriptor) {
        try {
            return new Connection(home, listener, descriptor);
        } catch (OutOfMemoryError e) {
            accepting.kernel().close(descriptor);
            listener.lost();
            throw e;
        }
    }
}
