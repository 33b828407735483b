package dev.dormouse.daemon.health;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the changes of health as they come, and first those that came while no engine was there: one thread, asleep in between. */
public final class HealthChangeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthChangeWatch.class);

    private final HealthChanges changes;
    private final Consumer<HealthChanges.Change> listener;
    private final WatchService service;

    private HealthChangeWatch(HealthChanges changes, Consumer<HealthChanges.Change> listener, WatchService service) {
        this.changes = changes;
        this.listener = listener;
        this.service = service;
    }

    /**
     * Begins.
     *
     * @param listener called for each change once, on one thread
     * @throws EngineException.Failed if the changes cannot be watched
     */
    public static HealthChangeWatch begin(ProberPaths paths, Consumer<HealthChanges.Change> listener) {
        HealthChanges changes = paths.changes();
        try {
            Files.createDirectories(changes.folder());
            HealthChangeWatch watch = new HealthChangeWatch(
                    changes, listener, FileSystems.getDefault().newWatchService());
            // A rename into a folder is a creation to inotify(7).
            changes.folder().register(watch.service, ENTRY_CREATE);
            Thread.ofVirtual().name("health-changes").start(watch::follow);
            return watch;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot watch " + changes.folder() + ": " + e.getMessage(), e);
        }
    }

    private void follow() {
        try {
            while (true) {
                takeAll();
                WatchKey key = service.take();
                key.pollEvents();
                // Before the look: what happens after it is another event.
                key.reset();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException _) {
            LOG.debug("changes of health are no longer told");
        }
    }

    private void takeAll() {
        try {
            for (String container : changes.untold()) {
                changes.take(container).ifPresent(listener);
            }
        } catch (IOException e) {
            LOG.error("cannot tell of changes of health in {}: {}", changes.folder(), e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot end watching " + changes.folder() + ": " + e.getMessage(), e);
        }
    }
}
