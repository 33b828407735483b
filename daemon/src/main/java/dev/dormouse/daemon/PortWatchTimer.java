package dev.dormouse.daemon;

import dev.dormouse.daemon.network.firewall.PortWatch;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after published ports again and again while the engine runs, never twice at once. Where nothing with a place on the bridge runs,
 * a look costs a few reads and no process. Thread-safe.
 */
final class PortWatchTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortWatchTimer.class);

    /** How long a flushed firewall, or a port that has become free, may go unnoticed. */
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final PortWatch watch;
    private final Thread thread = Thread.ofVirtual().name("port-watch").unstarted(this::repeat);

    PortWatchTimer(PortWatch watch) {
        this.watch = watch;
    }

    void start() {
        thread.start();
    }

    /** One look, now. A look that fails must not end those that follow, nor a restore. */
    synchronized void look() {
        try {
            watch.look();
        } catch (RuntimeException e) {
            LOG.error("published ports could not be looked after: {}", e.getMessage());
        }
    }

    private void repeat() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
