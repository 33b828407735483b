package dev.dormouse.daemon;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.restart.Autostart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the containers whose restart policy says so, while the API answers. */
final class BackgroundAutostart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundAutostart.class);

    private final Autostart autostart;
    private final Thread thread;

    BackgroundAutostart(Autostart autostart) {
        this.autostart = autostart;
        this.thread = Thread.ofVirtual().name("autostart").unstarted(this::run);
    }

    /** Once at most. */
    void begin() {
        thread.start();
    }

    boolean isUnderWay() {
        return autostart.isUnderWay();
    }

    private void run() {
        try {
            autostart.run();
        } catch (InterruptedException _) {
            LOG.info("the start of the containers is left to the next engine");
        } catch (EngineException e) {
            LOG.error("containers could not be started: {}", e.getMessage());
        }
    }

    /** Starts no further ones. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
