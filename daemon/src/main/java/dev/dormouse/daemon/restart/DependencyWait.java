package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.health.HealthStatus;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.spec.Healthcheck;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, bounded, until what a container depends on is as far as it must be. Thread-safe. */
final class DependencyWait {
    /** dockerd's, for the start of a dependency at boot. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(30);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(30);
    /** Nothing tells of a change in a health report. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Containers containers;
    private final HealthReports health;
    private final Duration patience;

    DependencyWait(Containers containers, HealthReports health, Duration patience) {
        this.containers = containers;
        this.health = health;
        this.patience = patience;
    }

    /**
     * Why the condition does not hold by the end of the wait; absent: it holds.
     *
     * @param start ends when the start of {@code on}, if it is being started, has ended
     */
    Optional<String> await(ContainerRecord on, Dependency.Condition condition, Future<Boolean> start)
            throws InterruptedException {
        Optional<Boolean> started = within(patience, start);
        if (started.isEmpty()) {
            return Optional.of("it has not started within " + patience.toSeconds() + " s");
        }
        if (!started.get()) {
            return Optional.of("it could not be started");
        }
        return switch (condition) {
            case SERVICE_STARTED -> Optional.empty();
            case SERVICE_HEALTHY -> healthy(on);
            case SERVICE_COMPLETED_SUCCESSFULLY -> completed(on);
        };
    }

    private Optional<String> completed(ContainerRecord on) throws InterruptedException {
        Containers.ExitWait exit = containers.waitFor(on.id().value(), Containers.WaitCondition.NOT_RUNNING);
        FutureTask<Integer> code = new FutureTask<>(exit::await);
        Thread waiting = Thread.ofVirtual().name("dependency-exit").start(code);
        try {
            Optional<Integer> ended = within(patience, code);
            return ended.isEmpty()
                    ? Optional.of("it has not ended within " + patience.toSeconds() + " s")
                    : ended.filter(value -> value != 0).map(value -> "it ended with exit code " + value);
        } finally {
            waiting.interrupt();
        }
    }

    private Optional<String> healthy(ContainerRecord on) throws InterruptedException {
        Optional<Healthcheck> check = on.config().healthcheck();
        if (check.isEmpty()) {
            return Optional.empty();
        }
        Duration bound = bound(check.get());
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < bound.toNanos()) {
            Optional<HealthStatus> report = health.of(on.id());
            if (report.equals(Optional.of(HealthStatus.HEALTHY))) {
                return Optional.empty();
            }
            if (report.equals(Optional.of(HealthStatus.UNHEALTHY))) {
                return Optional.of("it is unhealthy");
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return Optional.of("it is not healthy within " + bound.toSeconds() + " s");
    }

    /** Its start period, and the first check after that. */
    private Duration bound(Healthcheck check) {
        return check.startPeriod()
                .plus(check.interval().isZero() ? HEALTH_INTERVAL : check.interval())
                .plus(check.timeout().isZero() ? HEALTH_TIMEOUT : check.timeout())
                .plus(patience);
    }

    private static <T> Optional<T> within(Duration patience, Future<T> result) throws InterruptedException {
        try {
            return Optional.of(result.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither a start nor a wait fails here", e);
        }
    }
}
