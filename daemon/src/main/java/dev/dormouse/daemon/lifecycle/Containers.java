package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.health.Health;
import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.log.LogQuery;
import dev.dormouse.daemon.network.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the API can do with containers. A {@code reference} is a name (with or without a leading slash), a full id or an unambiguous
 * abbreviation of one. Thread-safe; calls block (they run on virtual threads) and throw
 * {@link dev.dormouse.daemon.error.EngineException} only, with Docker's texts where clients match on them
 * ({@code No such container: x}).
 */
public interface Containers {
    /**
     * Makes a container; its record is durable when this returns.
     *
     * @param name absent: a generated one
     * @param endpoints its places on networks, the one of its network mode first; none if that is {@code host} or {@code none}
     */
    ContainerRecord create(
            Optional<String> name, ContainerConfig config, HostConfig hostConfig, List<Endpoint> endpoints);

    /** As the other, on the network of its network mode. */
    default ContainerRecord create(Optional<String> name, ContainerConfig config, HostConfig hostConfig) {
        return create(
                name,
                config,
                hostConfig,
                hostConfig.networkMode().isBridged()
                        ? List.of(Endpoint.on(hostConfig.networkMode().name()))
                        : List.of());
    }

    /**
     * Starts it; returns when its process runs.
     *
     * @throws dev.dormouse.daemon.error.EngineException.NotModified if it runs
     */
    void start(String reference);

    /**
     * Stops it; returns when it is gone.
     *
     * @throws dev.dormouse.daemon.error.EngineException.NotModified if it does not run
     */
    void stop(String reference, Optional<Integer> timeoutSeconds, Optional<String> signal);

    /** Stop, if it runs, then start. */
    void restart(String reference, Optional<Integer> timeoutSeconds, Optional<String> signal);

    /**
     * Sends its init a signal.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if it does not run
     */
    void kill(String reference, String signal);

    void rename(String reference, String newName);

    /**
     * Gives it another restart policy, which counts from its next end on.
     *
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if it goes by itself, {@code --rm}
     */
    void update(String reference, RestartPolicy policy);

    /**
     * Removes it and everything of it.
     *
     * @param force kill a running one first
     */
    void remove(String reference, boolean force);

    Container inspect(String reference);

    /** All containers, newest first. */
    List<Container> list();

    /** Begins waiting at once; what happens after this call returned is seen by {@link ExitWait#await}. */
    ExitWait waitFor(String reference, WaitCondition condition);

    /**
     * Feeds {@code sink} with what the container wrote, in order, until the end (or, following, until the container has exited and
     * all it wrote was delivered). Returns early when the thread is interrupted or {@code sink} throws.
     */
    void logs(String reference, LogQuery query, Consumer<LogEntry> sink);

    /**
     * Begins attaching to the output at once: {@link Attachment#stream} delivers everything written after this call returned, until
     * the run that is current or, if none is, the next run has ended.
     */
    Attachment attach(String reference);

    /**
     * A container as it is now.
     *
     * @param health absent if it has no health check, or was not started since the machine was
     * @param restartCount automatic restarts since its last start by hand
     */
    record Container(ContainerRecord record, ContainerState state, Optional<Health> health, int restartCount) {}

    /** {@code condition} of {@code POST /containers/{id}/wait}. */
    enum WaitCondition {
        NOT_RUNNING,
        NEXT_EXIT,
        REMOVED
    }

    /** A wait that has begun. */
    interface ExitWait {
        /** Blocks until the condition holds; the exit code. */
        int await() throws InterruptedException;
    }

    /** An attach that has begun. */
    interface Attachment {
        /** Blocks, feeding {@code sink}, until the run has ended and all was delivered. */
        void stream(Consumer<LogEntry> sink) throws InterruptedException;
    }
}
