package dev.dormouse.activator.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** What is done off a manual agenda, by the test itself: when it says so, in order. */
final class Background implements Executor {
    private static final Duration STEP = Duration.ofMillis(500);

    private final ManualAgenda agenda;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    Background(ManualAgenda agenda) {
        this.agenda = agenda;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Until neither the agenda nor the background has anything to do. */
    void settle() {
        agenda.settle();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            agenda.settle();
        }
    }

    /** Lets time pass; what becomes due is done at most half a second late. */
    void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
            agenda.pass(STEP);
            settle();
        }
    }
}
