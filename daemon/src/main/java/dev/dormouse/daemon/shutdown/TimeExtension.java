package dev.dormouse.daemon.shutdown;

import dev.dormouse.units.notify.Notifier;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps systemd from cutting the shutdown short: asks for a while more, again and again (sd_notify(3), EXTEND_TIMEOUT_USEC), as long as
 * the time lasts that was found to be needed. After that systemd's patience ends by itself, so a shutdown that hangs is still bounded.
 * Thread-safe.
 */
public final class TimeExtension implements AutoCloseable {
    /** Each asking is good for three: one that is late or lost does no harm. */
    private static final int LASTS = 3;

    private final Notifier notifier;
    private final Duration interval;
    private final Thread thread;
    private Optional<Long> end;

    private TimeExtension(Notifier notifier, Duration interval, Duration first) {
        this.notifier = notifier;
        this.interval = interval;
        this.end = Optional.of(System.nanoTime() + first.toNanos());
        this.thread = Thread.ofVirtual().name("extend-timeout").unstarted(this::ask);
    }

    /**
     * Begins asking.
     *
     * @param first how long, until {@link #allow} is told of more
     */
    public static TimeExtension begin(Notifier notifier, Duration interval, Duration first) {
        TimeExtension extension = new TimeExtension(notifier, interval, first);
        notifier.extendTimeout(interval.multipliedBy(LASTS));
        extension.thread.start();
        return extension;
    }

    /**
     * More time is needed, from now on.
     *
     * @param rest for what comes after it
     */
    public synchronized void allow(StopTime time, Duration rest) {
        end = time.limit().map(limit -> System.nanoTime() + limit.plus(rest).toNanos());
    }

    private synchronized boolean lasts() {
        return end.map(time -> System.nanoTime() - time < 0).orElse(true);
    }

    private void ask() {
        try {
            while (lasts()) {
                Thread.sleep(interval);
                notifier.extendTimeout(interval.multipliedBy(LASTS));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed: the shutdown is over
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
