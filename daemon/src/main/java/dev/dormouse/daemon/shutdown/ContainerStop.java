package dev.dormouse.daemon.shutdown;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stop of one container, which may hang. To be run once. */
final class ContainerStop {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerStop.class);

    private final RunningContainers containers;
    private final ContainerRecord container;
    private final Duration grace;

    ContainerStop(RunningContainers containers, ContainerRecord container, Duration grace) {
        this.containers = containers;
        this.container = container;
        this.grace = grace;
    }

    /**
     * Stops it.
     *
     * @throws EngineException.Failed if it did not end, or only when it was killed from here
     */
    void run() {
        long begin = System.nanoTime();
        FutureTask<Void> stop = new FutureTask<>(() -> containers.stop(container), null);
        Thread thread = Thread.ofVirtual().name("stop " + container.name()).start(stop);
        Optional<Duration> own = StopTime.own(container).limit();
        try {
            if (own.isEmpty()) {
                stop.get();
            } else {
                stop.get(own.get().plus(grace).toNanos(), TimeUnit.NANOSECONDS);
            }
            report(Duration.ofNanos(System.nanoTime() - begin), own);
        } catch (ExecutionException e) {
            throw new EngineException.Failed("container " + container.name() + " could not be stopped: " + why(e), e);
        } catch (TimeoutException e) {
            giveUp(stop, thread, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Failed("interrupted while container " + container.name() + " was stopped", e);
        }
    }

    private void report(Duration took, Optional<Duration> own) {
        if (own.isPresent() && !own.get().isZero() && (took.compareTo(own.get()) >= 0)) {
            LOG.warn(
                    "container {} did not end within its {} s and was killed",
                    container.name(),
                    own.get().toSeconds());
        } else {
            LOG.info("container {} ended ms={}", container.name(), took.toMillis());
        }
    }

    private void giveUp(FutureTask<Void> stop, Thread thread, TimeoutException cause) {
        try {
            containers.kill(container);
            stop.get(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (EngineException | ExecutionException | TimeoutException e) {
            cause.addSuppressed(e);
        } catch (InterruptedException e) {
            cause.addSuppressed(e);
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        throw new EngineException.Failed(
                "the stop of container " + container.name() + " hung: it was "
                        + (stop.isDone()
                                ? "killed"
                                : "killed and is not gone all the same; journalctl -u " + container.unit()
                                        + " may say why"),
                cause);
    }

    private static String why(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : String.valueOf(cause.getMessage());
    }
}
