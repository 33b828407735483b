package dev.dormouse.daemon.log;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a reader when a run has ended. A thread that waits, rather than a callback on the future, so that a reader who leaves a
 * container that runs for months leaves nothing behind.
 */
final class EndSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndSignal.class);

    private final Thread thread;

    EndSignal(Future<?> runEnded, Wakeup wakeup) {
        this.thread = Thread.ofVirtual().name("log-end").start(() -> {
            try {
                runEnded.get();
            } catch (InterruptedException _) {
                LOG.debug("the reader left before the run ended");
            } catch (ExecutionException | CancellationException e) {
                LOG.debug("the run's end came as {}", e.toString());
            }
            wakeup.signal();
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
