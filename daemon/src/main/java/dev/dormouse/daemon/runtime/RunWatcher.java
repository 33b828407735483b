package dev.dormouse.daemon.runtime;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime.Change;
import dev.dormouse.daemon.runtime.ContainerRuntime.Subscription;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees starts and exits by inotify(7) on the files that the scripts write. Thread-safe; one thread, from the first subscription on. */
final class RunWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWatcher.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final List<String> TELLING = List.of("started", "exit");

    private final RuntimePaths paths;
    private final RunFiles files;
    private final RunHistory history = new RunHistory();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable WatchService service;

    RunWatcher(RuntimePaths paths, RunFiles files) {
        this.paths = paths;
        this.files = files;
    }

    synchronized Subscription watch(Consumer<Change> listener) {
        WatchService open = service;
        if (open == null) {
            service = begin();
        } else {
            // What happened before is for the earlier listeners only.
            lookAtAll(open);
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized void close() {
        WatchService open = service;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new EngineException.Failed("cannot end watching containers: " + e.getMessage(), e);
            }
        }
    }

    private WatchService begin() {
        try {
            WatchService opened = FileSystems.getDefault().newWatchService();
            for (Path parent : List.of(paths.runContainers(), paths.containers())) {
                Files.createDirectories(parent);
                parent.register(opened, ENTRY_CREATE, ENTRY_DELETE);
            }
            // Registered before they are read: what comes after the reading has its event.
            for (ContainerId id : containers()) {
                register(opened, id);
                history.begin(id, files.begun(id), files.ended(id));
            }
            Thread.ofVirtual().name("run-watcher").start(() -> follow(opened));
            return opened;
        } catch (IOException e) {
            throw new EngineException.Failed(
                    "cannot watch containers (sysctl fs.inotify.max_user_instances, max_user_watches?): "
                            + e.getMessage(),
                    e);
        }
    }

    private void follow(WatchService opened) {
        try {
            while (true) {
                WatchKey key = opened.take();
                List<WatchEvent<?>> events = key.pollEvents();
                // Before the look: what happens after it is another event.
                key.reset();
                if (key.watchable() instanceof Path folder) {
                    events.forEach(event -> handle(opened, folder, event));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException _) {
            LOG.debug("no longer watching containers");
        }
    }

    private synchronized void handle(WatchService opened, Path folder, WatchEvent<?> event) {
        try {
            if (event.kind().equals(OVERFLOW)) {
                lookAtAll(opened);
            } else if (event.context() instanceof Path name) {
                handle(opened, folder, name.toString(), event.kind().equals(ENTRY_DELETE));
            }
        } catch (EngineException e) {
            LOG.error("cannot tell what became of a container: {}", e.getMessage());
        }
    }

    private void handle(WatchService opened, Path folder, String name, boolean deleted) {
        boolean parent = folder.equals(paths.runContainers()) || folder.equals(paths.containers());
        if (!parent) {
            if (TELLING.contains(name)) {
                id(folder).ifPresent(this::look);
            }
            return;
        }
        Optional<ContainerId> container = id(folder.resolve(name));
        if (deleted) {
            container.filter(_ -> folder.equals(paths.containers())).ifPresent(history::forget);
        } else {
            container.ifPresent(id -> registerAndLook(opened, id));
        }
    }

    private void lookAtAll(WatchService opened) {
        containers().forEach(id -> registerAndLook(opened, id));
    }

    private void registerAndLook(WatchService opened, ContainerId id) {
        register(opened, id);
        look(id);
    }

    private void look(ContainerId id) {
        for (Change change : history.look(id, files.begun(id), files.ended(id))) {
            listeners.forEach(listener -> deliver(change, listener));
        }
    }

    /** A listener's mistake must not end the watching for the others. */
    private static void deliver(Change change, Consumer<Change> listener) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.error("a listener failed on {}", change, e);
        }
    }

    private void register(WatchService opened, ContainerId id) {
        register(opened, paths.runFolder(id), ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        // Nothing but names that appear: the container's log is in that folder.
        register(opened, paths.container(id), ENTRY_CREATE);
    }

    private static void register(WatchService opened, Path folder, WatchEvent.Kind<?>... kinds) {
        try {
            folder.register(opened, kinds);
        } catch (NoSuchFileException | NotDirectoryException _) {
            LOG.debug("{} is not there yet or any more", folder);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot watch " + folder + ": " + e.getMessage(), e);
        }
    }

    private List<ContainerId> containers() {
        try (var entries = Files.list(paths.containers())) {
            return entries.flatMap(entry -> id(entry).stream()).toList();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list " + paths.containers() + ": " + e.getMessage(), e);
        }
    }

    private static Optional<ContainerId> id(Path folder) {
        return Optional.ofNullable(folder.getFileName())
                .map(Path::toString)
                .filter(name -> ID.matcher(name).matches())
                .map(ContainerId::new);
    }
}
