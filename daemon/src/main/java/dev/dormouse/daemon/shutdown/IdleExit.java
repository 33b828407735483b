package dev.dormouse.daemon.shutdown;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an engine that nobody needs. It looks when its time may be over, never more often: an idle engine costs no wake-ups.
 */
public final class IdleExit {
    private static final Logger LOG = LoggerFactory.getLogger(IdleExit.class);

    private final Duration limit;
    private final Activity activity;
    private final Runnable exit;

    /** What goes on in the engine. Thread-safe. */
    public interface Activity {
        /** For how long nobody has been connected; absent: somebody is. */
        Optional<Duration> quiet();

        /** What the engine is needed for though nobody is connected, in a few words; absent: nothing. */
        Optional<String> need();

        /**
         * Takes no more connections, unless there is one by now: those that come wait in the socket for the next engine.
         *
         * @return false: there is one, and nothing has changed
         */
        boolean pause();
    }

    /** @param exit ends the engine; called once, on the thread of {@link #run} */
    public IdleExit(Duration limit, Activity activity, Runnable exit) {
        this.limit = limit;
        this.activity = activity;
        this.exit = exit;
    }

    /** Begins, on a thread that ends with the engine. */
    public void start(BooleanSupplier stopped) {
        Thread.ofVirtual().name("idle").start(() -> {
            try {
                run(stopped);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void run(BooleanSupplier stopped) throws InterruptedException {
        while (!stopped.getAsBoolean()) {
            Duration left = limit.minus(activity.quiet().orElse(Duration.ZERO));
            if (left.isPositive()) {
                Thread.sleep(left);
            } else if (activity.need().isPresent()) {
                LOG.debug("idle, but needed: {}", activity.need().orElse("no more"));
                Thread.sleep(limit);
            } else if (activity.pause()) {
                LOG.info("idle for {} ms: the engine ends; the next client starts it again", limit.toMillis());
                exit.run();
                return;
            }
        }
    }
}
