package dev.dormouse.daemon.shutdown;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through the phases, each of them, in order, whatever became of the others. */
public final class OrderedShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(OrderedShutdown.class);

    private OrderedShutdown() {}

    /**
     * Runs all phases.
     *
     * @throws ShutdownException if some failed, with each failure as a suppressed exception, in their order; all were run
     */
    public static void run(List<ShutdownPhase> phases) {
        List<String> failed = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        for (ShutdownPhase phase : phases) {
            long begin = System.nanoTime();
            try {
                String outcome = phase.work().run();
                LOG.info("shutdown phase={} ms={} outcome={}", phase.name(), millisSince(begin), outcome);
            } catch (Exception | LinkageError e) {
                // An error of linking too: what one phase lacks must not keep the next from its work.
                interruptedNoMore(e);
                LOG.error("shutdown phase={} ms={} failed: {}", phase.name(), millisSince(begin), e.toString());
                failed.add(phase.name());
                causes.add(e);
            }
        }
        if (!failed.isEmpty()) {
            ShutdownException all = new ShutdownException(failed, phases.size());
            causes.forEach(all::addSuppressed);
            throw all;
        }
    }

    /** The flag of an interrupt that ended one phase would end the next ones. */
    private static void interruptedNoMore(Throwable failure) {
        boolean wasSet = Thread.interrupted();
        if (wasSet) {
            LOG.debug("a shutdown phase was interrupted: {}", failure.toString());
        }
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
