package dev.dormouse.activator;

import dev.dormouse.activator.activation.ActivationJournal;
import dev.dormouse.activator.metrics.MetricsLedger;
import dev.dormouse.activator.succession.Legacy;
import dev.dormouse.activator.succession.Succession;
import dev.dormouse.activator.succession.SuccessionException;
import dev.dormouse.units.libc.LibcException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the process ends: by itself when it holds nothing, or by SIGTERM, when it leaves what it holds to the next. Thread-safe. */
final class Ending {
    /** What the unit and {@code activator-gone} know it by: RestartForceExitStatus=. */
    private static final int TO_BE_SUCCEEDED = 75;

    private static final int FAILED = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private final ActivatorProcess process;
    private final MetricsLedger ledger;
    private final ActivationJournal journal;
    private final AtomicBoolean begun = new AtomicBoolean();

    Ending(ActivatorProcess process, MetricsLedger ledger, ActivationJournal journal) {
        this.process = process;
        this.ledger = ledger;
        this.journal = journal;
    }

    /** Nothing is held: ends the process, unless that is under way. */
    void atRest() {
        if (begun.compareAndSet(false, true)) {
            ledger.leave();
            journal.flush();
            System.exit(0);
        }
    }

    /** Told to end: the JVM's shutdown waits for this. */
    void succeeded() {
        if (begun.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(leave());
        }
    }

    /** A stop of the unit finds nothing held: it stops the services first. */
    private int leave() {
        List<Legacy> legacies = process.bequeath();
        int status = legacies.isEmpty() ? 0 : left(legacies);
        ledger.leave();
        journal.flush();
        return status;
    }

    private static int left(List<Legacy> legacies) {
        try {
            Succession.leave(legacies);
            return TO_BE_SUCCEEDED;
        } catch (SuccessionException | LibcException e) {
            LOG.error("connections are broken off, and systemd listens again: {}", e.getMessage());
            return FAILED;
        }
    }
}
