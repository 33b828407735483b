package dev.dormouse.daemon.shutdown;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops every running container, dependents first, those of one level at once within a bound. To be used once. */
public final class StopContainers {
    private static final Logger LOG = LoggerFactory.getLogger(StopContainers.class);
    /** A stop is a few processes of ours for some milliseconds, and then waiting. */
    private static final int AT_ONCE = 64;
    /** What a start that was under way brought up meanwhile is stopped too; one that goes on for ever is not waited for. */
    private static final int ROUNDS = 2;

    private final RunningContainers containers;
    private final int shutdownTimeoutSeconds;
    private final Consumer<StopTime> announcement;
    private final Duration grace;

    /**
     * @param shutdownTimeoutSeconds what it may take at least; negative: any time
     * @param announcement is told how long it may take, before it begins
     */
    public StopContainers(RunningContainers containers, int shutdownTimeoutSeconds, Consumer<StopTime> announcement) {
        this(containers, shutdownTimeoutSeconds, announcement, StopTime.GRACE);
    }

    /** @param grace what a stop may take beyond the container's own time before it is given up */
    StopContainers(
            RunningContainers containers, int shutdownTimeoutSeconds, Consumer<StopTime> announcement, Duration grace) {
        this.containers = containers;
        this.shutdownTimeoutSeconds = shutdownTimeoutSeconds;
        this.announcement = announcement;
        this.grace = grace;
    }

    /**
     * Stops them.
     *
     * @return how many there were
     * @throws ContainerStopException if some could not be stopped; every one was tried
     */
    public String run() {
        Set<ContainerId> tried = new HashSet<>();
        List<RuntimeException> failures = new ArrayList<>();
        int levelCount = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<ContainerRecord> running = containers.running().stream()
                    .filter(container -> tried.add(container.id()))
                    .toList();
            if (running.isEmpty()) {
                break;
            }
            List<List<ContainerRecord>> levels = Dependencies.of(running).levels();
            StopTime time = StopTime.of(levels, AT_ONCE, shutdownTimeoutSeconds);
            LOG.info("stopping containers={} levels={} within={}", running.size(), levels.size(), time);
            announcement.accept(time);
            levels.forEach(level -> failures.addAll(stop(level)));
            levelCount += levels.size();
        }
        if (!failures.isEmpty()) {
            throw new ContainerStopException(failures, tried.size());
        }
        return tried.isEmpty() ? "none ran" : tried.size() + " stopped in " + levelCount + " levels";
    }

    private List<RuntimeException> stop(List<ContainerRecord> level) {
        Semaphore permits = new Semaphore(AT_ONCE);
        List<Future<?>> stops = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ContainerRecord container : level) {
                permits.acquireUninterruptibly();
                stops.add(threads.submit(() -> {
                    try {
                        new ContainerStop(containers, container, grace).run();
                    } finally {
                        permits.release();
                    }
                }));
            }
        }
        return stops.stream()
                .filter(stop -> stop.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .map(failure -> failure instanceof RuntimeException known
                        ? known
                        : new IllegalStateException("a stop failed", failure))
                .toList();
    }
}
