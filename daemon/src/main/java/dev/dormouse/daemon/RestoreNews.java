package dev.dormouse.daemon;

import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.Events;
import dev.dormouse.daemon.restore.RestoreProgress;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how far the restore is: in the log, as events of the daemon, and to one more listener. Thread-safe. */
final class RestoreNews implements Consumer<RestoreProgress.Report> {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreNews.class);

    private final Events events;
    private volatile Consumer<String> more = _ -> {};

    RestoreNews(Events events) {
        this.events = events;
    }

    /** From now on this one is told too. */
    void tell(Consumer<String> listener) {
        more = listener;
    }

    @Override
    public void accept(RestoreProgress.Report report) {
        LOG.info("restore phase={} done={} total={}", report.phase(), report.done(), report.total());
        events.publish(new Event(
                "daemon",
                "restore",
                "dormoused",
                Map.of(
                        "name", "dormoused",
                        "phase", report.phase().words(),
                        "done", Integer.toString(report.done()),
                        "total", Integer.toString(report.total())),
                Instant.now()));
        more.accept(report.text());
    }
}
