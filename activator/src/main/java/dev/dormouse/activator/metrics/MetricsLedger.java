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
    private Optional<Totals> left = Optional.empty();

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
        Moment moment = known();
        keep(moment);
        return format.write(MetricsPage.of(moment));
    }

    /**
     * Leaves what {@code dormouse-metrics} shows until the next process begins. Done when nothing is held any more, and at the end once
     * again, where it costs next to nothing if nothing has happened since: somebody may be waiting for the next process.
     */
    public synchronized void leave() {
        Moment moment = known();
        if (left.isPresent() && left.get().equals(moment.totals())) {
            return;
        }
        keep(moment);
        left = Optional.of(moment.totals());
        MetricSnapshots page = MetricsPage.of(moment.atRest());
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

    private Moment known() {
        Totals before = earlier.orElseGet(() -> file().read().only(exists));
        earlier = Optional.of(before);
        return now.get().after(before);
    }

    private void keep(Moment moment) {
        TallyFile file = file();
        try {
            file.write(moment.totals());
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}; the counts begin anew with the next activator", file.path(), e.getMessage());
        }
    }

    private TallyFile file() {
        return new TallyFile(folder.resolve("counts"));
    }
}
