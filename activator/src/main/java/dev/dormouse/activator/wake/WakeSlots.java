package dev.dormouse.activator.wake;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * How many wakes may be under way at a time, and who comes next: a service has at most one wake, so first come, first served is fair to
 * all. {@link #enter} and {@link #take} are thread-safe; the counts are for tasks of the agenda, which all changes are.
 */
public final class WakeSlots {
    private record Entry(BooleanSupplier wanted, CompletableFuture<Optional<Slot>> turn) {}

    private final int most;
    private final Executor agenda;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Slots that are all free.
     *
     * @param most at least 1
     * @param agenda runs tasks one after the other
     */
    public WakeSlots(int most, Executor agenda) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one wake must be possible, not " + most);
        }
        this.most = most;
        this.agenda = agenda;
    }

    /** A place among the wakes that are under way. */
    public final class Slot implements AutoCloseable {
        private final AtomicBoolean held = new AtomicBoolean(true);

        private Slot() {}

        /** Gives it to whoever waits longest. Thread-safe; the second time nothing. */
        @Override
        public void close() {
            if (held.compareAndSet(true, false)) {
                agenda.execute(WakeSlots.this::free);
            }
        }
    }

    /** How many there are. */
    public int most() {
        return most;
    }

    /**
     * Waits in the queue.
     *
     * @param wanted asked when its turn comes
     * @return completes with a slot, or with nothing if it was not wanted any more. Who does not want to wait longer completes it himself
     */
    CompletableFuture<Optional<Slot>> enter(BooleanSupplier wanted) {
        CompletableFuture<Optional<Slot>> turn = new CompletableFuture<>();
        agenda.execute(() -> {
            waiting.add(new Entry(wanted, turn));
            next();
        });
        return turn;
    }

    /** A slot for a start that systemd has made by itself, past the queue and, if need be, beyond the most: it is under way, so it counts. */
    Slot take() {
        agenda.execute(() -> underWay++);
        return new Slot();
    }

    /** Wakes that have a slot. */
    public int underWay() {
        return underWay;
    }

    /** Wakes that wait for one. */
    public int waiting() {
        waiting.removeIf(entry -> entry.turn().isDone());
        return waiting.size();
    }

    private void free() {
        underWay--;
        next();
    }

    private void next() {
        while (underWay < most && !waiting.isEmpty()) {
            Entry entry = waiting.remove();
            if (!entry.wanted().getAsBoolean()) {
                entry.turn().complete(Optional.empty());
            } else if (entry.turn().complete(Optional.of(new Slot()))) {
                underWay++;
            }
        }
    }
}
