package dev.dormouse.daemon.activation;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what the activator does as it does it, and first what it did while no engine was there: one thread, asleep in between. A platform
 * thread, as whatever the activator's user puts into its folder must hold up nobody else.
 */
public final class ActivationWatch implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationWatch.class);
    /** Between two looks, however often the files change. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Path folder;
    private final Path positionFile;
    private final ActivationFiles files;
    private final ActivationLines lines;
    private final WatchService service;
    private final Thread thread;

    private ActivationWatch(Path folder, Path positionFile, Listener listener, WatchService service) {
        this.folder = folder;
        this.positionFile = positionFile;
        this.files = new ActivationFiles(folder, ReadPosition.read(positionFile));
        this.lines = new ActivationLines(folder, listener);
        this.service = service;
        this.thread = Thread.ofPlatform().daemon().name("activations").unstarted(this::follow);
    }

    /** Who is told, on one thread. */
    public interface Listener {
        /** While that engine is there, which nobody has told of. */
        void happened(Activation activation);

        /** Before, or shortly after its start; an earlier engine may have told of it. */
        void happenedBefore(Activation activation);
    }

    /**
     * Begins. If there is nothing to watch that is logged, and nothing is told.
     *
     * @param folder the activator's
     * @param positionFile where is kept how far it was read
     */
    public static Closeable begin(Path folder, Path positionFile, Listener listener) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warn("no events of the activator: there is no folder {}; systemd-tmpfiles --create makes it", folder);
            return () -> {};
        }
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            folder.register(service, ENTRY_CREATE, ENTRY_MODIFY);
            ActivationWatch watch = new ActivationWatch(folder, positionFile, listener, service);
            watch.thread.start();
            return watch;
        } catch (IOException e) {
            LOG.warn("no events of the activator: cannot watch {}: {}", folder, e.toString());
            return () -> {};
        }
    }

    private void follow() {
        try {
            lines.tellPast(take());
            files.position().write(positionFile);
            while (true) {
                WatchKey key = service.take();
                Thread.sleep(BREATH);
                key.pollEvents();
                // Before the look: what happens after it is another event.
                key.reset();
                lines.tell(take());
            }
        } catch (InterruptedException | ClosedWatchServiceException _) {
            LOG.debug("what the activator does is no longer told");
        }
        files.position().write(positionFile);
    }

    private List<String> take() {
        try {
            return files.take();
        } catch (IOException e) {
            lines.complain(e.toString());
        } catch (BrokenLineException e) {
            lines.complain("a file's head: " + e.getMessage());
        }
        return List.of();
    }

    /** How far was read is on disk then, as far as the activator lets. */
    @Override
    public void close() throws IOException {
        service.close();
        try {
            if (!thread.join(PATIENCE)) {
                LOG.warn("{} cannot be read: somebody holds up who opens a file there", folder);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
