package dev.dormouse.units.manager;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session with systemd: made on first use, and made again, in a bounded time, after it was lost. Thread-safe. */
final class BusLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BusLink.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(20);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    private final Bus.Connector connector;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<ManagerSession> current = Optional.empty();
    private boolean connectedBefore;

    /** @param patience how long a lost connection is tried again before those who wait for it are told */
    BusLink(Bus.Connector connector, Duration patience) {
        this.connector = connector;
        this.patience = patience;
    }

    /**
     * The session that is alive now, or a new one. The first ever is tried once: a bus that is not there is then a fault of the
     * machine, not a restart.
     */
    ManagerSession session() {
        lock.lock();
        try {
            requireOpen();
            if (current.isPresent() && !current.get().isLost()) {
                return current.get();
            }
            current.ifPresent(ManagerSession::close);
            current = Optional.empty();
            ManagerSession made = connectedBefore ? connectAgain() : ManagerSession.open(connector);
            connectedBefore = true;
            current = Optional.of(made);
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** Asks what may be asked twice; asks again if the connection is lost meanwhile. */
    <T> T ask(Function<ManagerSession, T> question) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return question.apply(session());
            } catch (BusLostException e) {
                if (System.nanoTime() > end) {
                    throw new SystemdException(
                            "the connection to the system bus is lost again and again: " + e.getMessage(), e);
                }
            }
        }
    }

    private ManagerSession connectAgain() {
        LOG.info("the connection to the system bus was lost; connecting again");
        long end = System.nanoTime() + patience.toNanos();
        Duration delay = FIRST_DELAY;
        while (true) {
            try {
                ManagerSession session = ManagerSession.open(connector);
                LOG.info("connected to the system bus again");
                return session;
            } catch (SystemdException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                pause(delay);
                delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0 ? delay.multipliedBy(2) : LONGEST_DELAY;
            }
        }
    }

    private void pause(Duration delay) {
        try {
            if (closed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                requireOpen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemdException("interrupted while connecting to the system bus", e);
        }
    }

    private void requireOpen() {
        if (closed.getCount() == 0) {
            throw new SystemdException("this connection to systemd has been closed");
        }
    }

    @Override
    public void close() {
        // Before the lock, which is held while connecting again.
        closed.countDown();
        lock.lock();
        try {
            current.ifPresent(ManagerSession::close);
            current = Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
