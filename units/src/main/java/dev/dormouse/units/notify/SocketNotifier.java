package dev.dormouse.units.notify;

import dev.dormouse.units.libc.Libc;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends on one thread. */
final class SocketNotifier implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(SocketNotifier.class);
    private static final Duration FLUSH = Duration.ofSeconds(2);
    /** More are waiting only if systemd takes none; statuses must not fill the memory then. */
    private static final int MOST_WAITING = 256;

    private final NotifyTransport transport;
    private final Optional<Duration> watchdogInterval;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicBoolean watched = new AtomicBoolean();

    SocketNotifier(NotifyTransport transport, Optional<Duration> watchdogInterval) {
        this.transport = transport;
        this.watchdogInterval = watchdogInterval;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("systemd-notify").factory());
    }

    @Override
    public void ready() {
        send("READY=1");
    }

    @Override
    public void status(String text) {
        send("STATUS=" + text.replaceAll("\\R", " "));
    }

    @Override
    public void stopping() {
        send("STOPPING=1");
    }

    @Override
    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + Libc.monotonicMicros());
    }

    @Override
    public void mainPid(long pid) {
        send("MAINPID=" + pid);
    }

    @Override
    public void extendTimeout(Duration more) {
        send("EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(more.toNanos()));
    }

    @Override
    public void watchdog(BooleanSupplier alive) {
        if (watchdogInterval.isPresent() && watched.compareAndSet(false, true)) {
            long nanos = watchdogInterval.get().toNanos();
            Future<?> _ = thread.scheduleAtFixedRate(() -> signOfLife(alive), 0, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void signOfLife(BooleanSupplier alive) {
        try {
            if (alive.getAsBoolean()) {
                deliver("WATCHDOG", "WATCHDOG=1");
            } else {
                LOG.error("the service does not work: no sign of life to systemd's watchdog");
            }
        } catch (RuntimeException e) {
            LOG.error("cannot tell whether the service works: no sign of life to systemd's watchdog", e);
        }
    }

    private void send(String text) {
        String what = text.substring(0, text.indexOf('='));
        if (thread.getQueue().size() >= MOST_WAITING) {
            failure(what, "systemd has not taken the " + MOST_WAITING + " before it");
            return;
        }
        try {
            thread.execute(() -> deliver(what, text));
        } catch (RejectedExecutionException _) {
            failure(what, "this notifier has been closed");
        }
    }

    private void deliver(String what, String text) {
        try {
            transport.send(text);
        } catch (IOException | RuntimeException e) {
            failure(what, String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            // jnr's native part could not be loaded, say for lack of a temporary folder it may execute from.
            failure(what, String.valueOf(e));
        }
    }

    private void failure(String what, String why) {
        if (failed.compareAndSet(false, true)) {
            LOG.warn("cannot tell systemd {}: {}; further failures are not logged", what, why);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(FLUSH.toMillis(), TimeUnit.MILLISECONDS)) {
                int left = thread.shutdownNow().size();
                failure("what waits (" + left + ")", "not taken within " + FLUSH.toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
