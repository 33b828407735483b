package dev.dormouse.daemon.api;

import dev.dormouse.daemon.error.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets requests wait for what the engine has not got to yet: the API listens from the first moment, the engine opens and restores behind
 * it. A request about one container waits for that one alone. Thread-safe.
 */
public final class EngineGate {
    private final CompletableFuture<Opened> opened = new CompletableFuture<>();
    private final Supplier<EngineStatus> status;
    private final Duration patience;
    private volatile boolean stopping;

    private record Opened(EngineParts parts, Restoration restoration) {}

    /** How far the engine's restore has come. */
    public interface Restoration {
        /** One that is over. */
        Restoration COMPLETE = new Restoration() {
            @Override
            public boolean isComplete() {
                return true;
            }

            @Override
            public boolean awaitAll(Duration patience) {
                return true;
            }

            @Override
            public boolean await(String container, Duration patience) {
                return true;
            }
        };

        /** Whether all containers are as they will be. */
        boolean isComplete();

        /** Waits for all; false if that took longer. */
        boolean awaitAll(Duration patience) throws InterruptedException;

        /** Waits for one container, by name or id; false if that took longer. */
        boolean await(String container, Duration patience) throws InterruptedException;
    }

    /**
     * @param status the engine's, also before the gate opens
     * @param patience how long a request waits for the engine
     */
    public EngineGate(Supplier<EngineStatus> status, Duration patience) {
        this.status = status;
        this.patience = patience;
    }

    /** The engine is there and has restored everything. */
    public void open(EngineParts engine) {
        open(engine, Restoration.COMPLETE);
    }

    /** The engine is there, and restores. */
    public void open(EngineParts engine, Restoration restoration) {
        opened.complete(new Opened(engine, restoration));
    }

    /** The engine could not be opened: every request is answered with why. */
    public void fail(EngineException cause) {
        opened.completeExceptionally(cause);
    }

    /** From now on nothing may be changed any more; what waits for the engine waits no longer. */
    public void stop() {
        stopping = true;
        opened.completeExceptionally(stopped());
    }

    /**
     * Lets a change through.
     *
     * @throws EngineException.Unavailable if the engine is stopping
     */
    void requireChangeable() {
        if (stopping) {
            throw stopped();
        }
    }

    private static EngineException stopped() {
        return new EngineException.Unavailable("the engine is stopping; try again when it runs again");
    }

    EngineStatus status() {
        return status.get();
    }

    /** The engine if nothing has to be waited for. */
    Optional<EngineParts> now() {
        return opened.isDone() && !opened.isCompletedExceptionally()
                ? Optional.of(opened.join())
                        .filter(engine -> engine.restoration().isComplete())
                        .map(Opened::parts)
                : Optional.empty();
    }

    /** Waits until every container is restored, as long as a client may be made to wait. */
    EngineParts parts() throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Opened engine = awaitOpened(deadline);
        if (!engine.restoration().awaitAll(left(deadline))) {
            throw notReady();
        }
        return engine.parts();
    }

    /** Waits until this container, by name or id, is restored, as long as a client may be made to wait. */
    EngineParts partsFor(String container) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Opened engine = awaitOpened(deadline);
        if (!engine.restoration().await(container, left(deadline))) {
            throw notReady();
        }
        return engine.parts();
    }

    /** Waits for the engine to be there, but not for any container. */
    EngineParts partsAtOnce() throws InterruptedException {
        return awaitOpened(System.nanoTime() + patience.toNanos()).parts();
    }

    private Opened awaitOpened(long deadline) throws InterruptedException {
        try {
            return opened.get(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw notReady();
        } catch (ExecutionException e) {
            requireChangeable();
            throw new EngineException.Failed("the engine could not start: " + why(e), e);
        }
    }

    private EngineException notReady() {
        return new EngineException.NotReady("the engine is not ready after " + patience.toMillis() + " ms, it is still "
                + status.get().phase() + "; try again later");
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static String why(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : String.valueOf(cause.getMessage());
    }
}
