package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.lifecycle.RestoredContainers;
import dev.dormouse.daemon.lifecycle.RestoredContainers.RestartFacts;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last phase of a restore: starts the containers whose policy says so, dependencies first, some at once. A dependency that does not
 * become what it should delays, but never prevents a start, and neither does one container's failure another's. Thread-safe; run once.
 */
public final class Autostart {
    private static final Logger LOG = LoggerFactory.getLogger(Autostart.class);

    private final Containers containers;
    private final RestoredContainers restored;
    private final BootMark boot;
    private final DependencyWait waits;
    private final StartPace pace;
    private volatile boolean underWay;

    /** @param random for the pauses between starts */
    public Autostart(
            Containers containers,
            RestoredContainers restored,
            BootMark boot,
            HealthReports health,
            RandomGenerator random) {
        this(
                containers,
                restored,
                boot,
                new DependencyWait(containers, health, DependencyWait.PATIENCE),
                StartPace.ofThisMachine(random));
    }

    Autostart(Containers containers, RestoredContainers restored, BootMark boot, DependencyWait waits, StartPace pace) {
        this.containers = containers;
        this.restored = restored;
        this.boot = boot;
        this.waits = waits;
        this.pace = pace;
    }

    /** Whether containers are being started just now. */
    public boolean isUnderWay() {
        return underWay;
    }

    /**
     * Returns when every start has ended; the restore came before.
     *
     * @throws InterruptedException if interrupted: what has begun goes on, the rest is the next engine's
     */
    public void run() throws InterruptedException {
        restored.resumeRestarts();
        boolean newBoot = boot.isNewBoot();
        List<RestartFacts> all = restored.ids().stream()
                .flatMap(id -> restored.restartFacts(id).stream())
                .toList();
        Map<ContainerId, RestartFacts> due = new LinkedHashMap<>();
        all.stream()
                .filter(container -> AutostartRule.starts(container, newBoot))
                .forEach(container -> due.put(container.record().id(), container));
        if (!due.isEmpty()) {
            underWay = true;
            try {
                startAll(all.stream().map(RestartFacts::record).toList(), due);
            } finally {
                underWay = false;
            }
        }
        if (newBoot) {
            boot.remember();
        }
    }

    private void startAll(List<ContainerRecord> all, Map<ContainerId, RestartFacts> due) throws InterruptedException {
        long begin = System.nanoTime();
        StartOrder order = StartOrder.of(all);
        order.problems().forEach(problem -> LOG.warn("autostart: {}", problem));
        Map<ContainerId, ContainerRecord> records = new LinkedHashMap<>();
        all.forEach(record -> records.put(record.id(), record));
        Map<ContainerId, CompletableFuture<Boolean>> starts = new LinkedHashMap<>();
        due.keySet().forEach(id -> starts.put(id, new CompletableFuture<>()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            starts.forEach((id, start) -> threads.execute(() -> {
                List<Dependency> dependencies = order.dependencies().getOrDefault(id, List.of());
                start.complete(start(record(records, id), dependencies, records, starts));
            }));
            for (CompletableFuture<Boolean> start : starts.values()) {
                var _ = start.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a start that fails says so by its result", e);
        } finally {
            threads.shutdownNow();
        }
        LOG.info(
                "autostart started={} failed={} ms={}",
                starts.values().stream().filter(CompletableFuture::join).count(),
                starts.values().stream().filter(start -> !start.join()).count(),
                (System.nanoTime() - begin) / 1_000_000);
    }

    private boolean start(
            ContainerRecord container,
            List<Dependency> dependencies,
            Map<ContainerId, ContainerRecord> records,
            Map<ContainerId, ? extends Future<Boolean>> starts) {
        try {
            for (Dependency dependency : dependencies) {
                ContainerRecord on = record(records, dependency.on());
                Future<Boolean> start = Optional.<Future<Boolean>>ofNullable(starts.get(on.id()))
                        .orElse(CompletableFuture.completedFuture(true));
                waits.await(on, dependency.condition(), start)
                        .ifPresent(why -> LOG.warn(
                                "container {} is started though it depends on {}: {}",
                                container.name(),
                                on.name(),
                                why));
            }
            pace.run(() -> containers.start(container.id().value()));
            return true;
        } catch (EngineException.NotModified _) {
            return true; // a client was faster
        } catch (EngineException e) {
            LOG.error("autostart: {}", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ContainerRecord record(Map<ContainerId, ContainerRecord> records, ContainerId id) {
        return Optional.ofNullable(records.get(id)).orElseThrow();
    }
}
