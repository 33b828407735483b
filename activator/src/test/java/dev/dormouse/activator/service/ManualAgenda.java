package dev.dormouse.activator.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/** An agenda that a test moves: tasks run when it says so, time passes when it says so. */
public final class ManualAgenda implements Agenda {
    private record Entry(long due, long number, Runnable task) {}

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Entry> later =
            new PriorityQueue<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::number));
    private Instant clock = Instant.EPOCH;
    private long now = 1_000;
    private long count;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Planned schedule(Duration delay, Runnable task) {
        Entry entry = new Entry(now + Math.max(0, delay.toNanos()), count++, task);
        later.add(entry);
        return () -> later.remove(entry);
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Instant instant() {
        return clock.plusNanos(now);
    }

    /** Puts the machine's clock to another time. */
    public void set(Instant time) {
        clock = time.minusNanos(now);
    }

    /** Runs all that is due now. */
    public void settle() {
        while (true) {
            Optional<Runnable> task = Optional.ofNullable(tasks.poll()).or(this::due);
            if (task.isEmpty()) {
                return;
            }
            task.get().run();
        }
    }

    /** Lets time pass, running what becomes due on the way. */
    public void pass(Duration time) {
        long end = now + time.toNanos();
        settle();
        while (!later.isEmpty() && later.peek().due() <= end) {
            now = Math.max(now, later.peek().due());
            settle();
        }
        now = end;
        settle();
    }

    int planned() {
        return later.size();
    }

    private Optional<Runnable> due() {
        if (later.isEmpty() || later.peek().due() > now) {
            return Optional.empty();
        }
        return Optional.of(later.remove().task());
    }
}
