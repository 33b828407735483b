package dev.dormouse.activator.service;

import java.time.Duration;
import java.time.Instant;

/** Runs tasks one after the other, now or later. All state of the activator is changed by its tasks alone. Thread-safe. */
public interface Agenda {
    /** Runs a task as soon as those before it are done. */
    void execute(Runnable task);

    /** Runs a task after a delay. */
    Planned schedule(Duration delay, Runnable task);

    /** The clock of {@link #schedule}, that of {@link System#nanoTime}. */
    long nanos();

    /** What the machine's clock says, which may be put forward and back. */
    Instant instant();

    /** A task that is to run later. */
    interface Planned {
        /** Not to run any more; nothing if it has begun. */
        void cancel();
    }
}
