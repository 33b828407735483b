package dev.dormouse.activator.service;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agenda on one thread of its own, which does not keep the process alive. */
public final class ThreadAgenda implements Agenda {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadAgenda.class);

    private final ScheduledThreadPoolExecutor executor;

    private ThreadAgenda(ScheduledThreadPoolExecutor executor) {
        this.executor = executor;
    }

    /** Starts the thread. */
    public static ThreadAgenda start() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("agenda").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        return new ThreadAgenda(executor);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(guarded(task));
    }

    @Override
    public Planned schedule(Duration delay, Runnable task) {
        Future<?> planned = executor.schedule(guarded(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    /** A bug in one task must not end the thread, nor go unseen. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a task failed; this is a bug", e);
            }
        };
    }
}
