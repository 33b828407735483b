package dev.dormouse.activator.metrics;

import dev.dormouse.activator.tally.TallyFile;
import dev.dormouse.activator.tally.Totals;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics across the lives of the process, which ends whenever nothing is awake. What somebody has been told is in the file first, so
 * that no count goes back even if the process is killed. Thread-safe.
 */
public final class MetricsLedger {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsLedger.class);

    private final Path folder;
    private final Supplier<Moment> now;
    private final Predicate<String> exists;
    private Optional<Totals> earlier = Optional.empty();

    /**
     * A ledger. Reads nothing yet.
     *
     * @param folder where its files are
     * @param exists whether there is a service of that name: the counts of others are forgotten
     */
    public MetricsLedger(Path folder, Supplier<Moment> now, Predicate<String> exists) {
        this.folder = folder;
        this.now = now;
        this.exists = exists;
    }

    /** The metrics, for one client. */
    synchronized byte[] page(MetricsFormat format) {
        return format.write(MetricsPage.of(kept()));
    }

    /** At the end of the process: keeps the counts, and the pages that {@code dormouse-metrics} shows until the next begins. */
    public synchronized void close() {
        MetricSnapshots page = MetricsPage.of(kept().atRest());
        for (MetricsFormat format : MetricsFormat.values()) {
            try {
                Path file = folder.resolve(format.file());
                Path fresh = folder.resolve(format.file() + ".new");
                Files.write(fresh, format.write(page));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                LOG.warn("cannot write {}: {}", folder.resolve(format.file()), e.getMessage());
            }
        }
    }

    private Moment kept() {
        TallyFile file = new TallyFile(folder.resolve("counts"));
        Totals before = earlier.orElseGet(() -> file.read().only(exists));
        earlier = Optional.of(before);
        Moment moment = now.get().after(before);
        try {
            file.write(moment.totals());
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}; the counts begin anew with the next activator", file.path(), e.getMessage());
        }
        return moment;
    }
}
