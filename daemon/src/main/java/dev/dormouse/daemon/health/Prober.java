package dev.dormouse.daemon.health;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the containers that {@code probes/} names, each on threads of its own, for as long as they are named there. Nothing is kept in
 * memory that a successor would miss.
 */
public final class Prober {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
    /** How often it is looked whether a request outlived its unit, which only {@code dormouse enable} at the instant of an end can cause. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    private static final Duration LAST_WORDS = Duration.ofSeconds(6);

    private final ProberPaths paths;
    private final Recovery recovery;
    private final Map<ProbeRequest, Thread> current = new HashMap<>();
    /** By the container's id: the last one of each that may still be killing its command. */
    private final Map<String, Thread> ending = new HashMap<>();

    public Prober(ProberPaths paths, Recovery recovery) {
        this.paths = paths;
        this.recovery = recovery;
    }

    /** One that asks systemd where a container is to be restarted or stopped. */
    static Prober underSystemd(ProberPaths paths) {
        return new Prober(paths, new SystemctlRecovery());
    }

    /**
     * Probes until there has been nothing to probe for that time, or the thread is interrupted; then what was begun has ended.
     *
     * @throws EngineException.Failed if the folder cannot be watched
     */
    public void run(Duration idle) {
        try (WatchService service = FileSystems.getDefault().newWatchService()) {
            Files.createDirectories(paths.probes());
            paths.probes().register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            boolean busy = true;
            while (busy) {
                look();
                Duration patience = current.isEmpty() ? idle : LOOK;
                WatchKey key = service.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                busy = key != null || !current.isEmpty();
                if (key != null) {
                    key.pollEvents();
                    // Before the look: what happens after it is another event.
                    key.reset();
                }
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot watch " + paths.probes() + ": " + e.getMessage(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            endAll();
        }
    }

    private void look() throws IOException {
        Set<ProbeRequest> wanted = requests();
        current.entrySet().removeIf(entry -> {
            boolean over = !wanted.contains(entry.getKey());
            if (over) {
                entry.getValue().interrupt();
                ending.put(entry.getKey().id(), entry.getValue());
            }
            return over;
        });
        ending.values().removeIf(thread -> !thread.isAlive());
        for (ProbeRequest request : wanted) {
            current.computeIfAbsent(request, this::begin);
        }
    }

    private Set<ProbeRequest> requests() throws IOException {
        Set<ProbeRequest> requests = new HashSet<>();
        try (var files = Files.newDirectoryStream(paths.probes())) {
            for (Path file : files) {
                Optional<ProbeRequest> request = ProbeRequest.read(file);
                if (request.isPresent()
                        && Files.notExists(paths.unit(request.get().name()))) {
                    LOG.debug("{} outlived its unit", file);
                    Files.deleteIfExists(file);
                } else {
                    request.ifPresent(requests::add);
                }
            }
        }
        return requests;
    }

    private Thread begin(ProbeRequest request) {
        // Whoever wrote of this container before has ended first.
        Optional<Thread> before = Optional.ofNullable(ending.get(request.id()));
        return Thread.ofVirtual().name("probe-" + request.name()).start(() -> {
            try {
                if (before.isPresent()) {
                    before.get().join();
                }
                new Probing(paths, request, recovery).probe();
            } catch (InterruptedException _) {
                LOG.debug("{} is probed no more", request.name());
            }
        });
    }

    /** So that no command of ours is left in a container. */
    private void endAll() {
        Set<Thread> all = new HashSet<>(current.values());
        all.addAll(ending.values());
        all.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        boolean interrupted = Thread.interrupted();
        for (Thread thread : all) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
