package dev.dormouse.daemon.restore;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Where a restore is and how far; tells a listener at the begin of each phase, and within one at most once a second. Thread-safe.
 */
public final class RestoreProgress {
    /** A second: fast enough for an eye, and slow enough for ten thousand containers. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Consumer<Report> listener;
    private final LongSupplier nanoClock;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong lastTold = new AtomicLong();
    private volatile Stage stage = new Stage(RestorePhase.WAITING, 0);

    public RestoreProgress(Consumer<Report> listener) {
        this(listener, System::nanoTime);
    }

    RestoreProgress(Consumer<Report> listener, LongSupplier nanoClock) {
        this.listener = listener;
        this.nanoClock = nanoClock;
    }

    private record Stage(RestorePhase phase, int total) {}

    /**
     * Where it is.
     *
     * @param total how many containers the phase works on; 0: it does not count them
     */
    public record Report(RestorePhase phase, int done, int total) {
        /** {@code reconciling with what runs 420/1000}. */
        public String text() {
            return total == 0 ? phase.words() : phase.words() + " " + done + "/" + total;
        }
    }

    /** A phase begins. */
    void enter(RestorePhase phase, int total) {
        done.set(0);
        stage = new Stage(phase, total);
        lastTold.set(nanoClock.getAsLong());
        listener.accept(report());
    }

    /** The phase is done with one more container. */
    void step() {
        done.incrementAndGet();
        long now = nanoClock.getAsLong();
        long last = lastTold.get();
        if (now - last >= INTERVAL.toNanos() && lastTold.compareAndSet(last, now)) {
            listener.accept(report());
        }
    }

    public Report report() {
        Stage current = stage;
        return new Report(current.phase(), Math.min(done.get(), current.total()), current.total());
    }
}
