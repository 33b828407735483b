package dev.dormouse.daemon.log;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes readers when something in a folder was written: one inotify instance for all of them, because a user has only 128 of those
 * (fs.inotify.max_user_instances, inotify(7)). Opened with the first reader. Thread-safe.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final Map<Path, Watched> folders = new HashMap<>();
    private @Nullable WatchService service;

    /** Begins waking: what is written after this call returned wakes the reader. */
    synchronized Wakeup watch(Path folder) {
        Watched watched = folders.get(folder);
        if (watched == null) {
            try {
                watched = new Watched(register(folder), new HashSet<>());
                folders.put(folder, watched);
            } catch (IOException e) {
                LOG.warn(
                        "cannot watch {} ({}); its readers look again every few milliseconds instead",
                        folder,
                        e.toString());
                return Wakeup.polling();
            }
        }
        Set<Wakeup> readers = watched.readers();
        Wakeup wakeup = Wakeup.signalled(closed -> forget(folder, closed));
        readers.add(wakeup);
        return wakeup;
    }

    @Override
    public synchronized void close() throws IOException {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    private WatchKey register(Path folder) throws IOException {
        if (service == null) {
            WatchService opened = folder.getFileSystem().newWatchService();
            service = opened;
            Thread.ofVirtual().name("log-watch").start(() -> deliver(opened));
        }
        return folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    }

    private synchronized void forget(Path folder, Wakeup wakeup) {
        Watched watched = folders.get(folder);
        if (watched != null
                && watched.readers().remove(wakeup)
                && watched.readers().isEmpty()) {
            watched.key().cancel();
            folders.remove(folder);
        }
    }

    private void deliver(WatchService from) {
        try {
            while (true) {
                WatchKey key = from.take();
                key.pollEvents(); // which file it was does not matter: the reader looks itself
                wake((Path) key.watchable());
                key.reset();
            }
        } catch (ClosedWatchServiceException _) {
            LOG.debug("log watch closed");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void wake(Path folder) {
        Watched watched = folders.get(folder);
        if (watched != null) {
            watched.readers().forEach(Wakeup::signal);
        }
    }

    private record Watched(WatchKey key, Set<Wakeup> readers) {}
}
