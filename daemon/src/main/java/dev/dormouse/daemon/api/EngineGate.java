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
 * Lets requests wait until the engine is there: the API listens from the first moment, the engine opens and restores behind it.
 * Thread-safe.
 */
public final class EngineGate {
    private final CompletableFuture<EngineParts> parts = new CompletableFuture<>();
    private final Supplier<EngineStatus> status;
    private final Duration patience;
    private volatile boolean stopping;

    /**
     * @param status the engine's, also before the gate opens
     * @param patience how long a request waits for the engine
     */
    public EngineGate(Supplier<EngineStatus> status, Duration patience) {
        this.status = status;
        this.patience = patience;
    }

    /** The engine is ready. */
    public void open(EngineParts engine) {
        parts.complete(engine);
    }

    /** The engine could not be started: every request is answered with why. */
    public void fail(EngineException cause) {
        parts.completeExceptionally(cause);
    }

    /** From now on nothing may be changed any more; what waits for the engine waits no longer. */
    public void stop() {
        stopping = true;
        parts.completeExceptionally(stopped());
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

    /** The engine if it is ready. */
    Optional<EngineParts> now() {
        return parts.isDone() && !parts.isCompletedExceptionally() ? Optional.of(parts.join()) : Optional.empty();
    }

    /** Waits for the engine, as long as a client may be made to wait. */
    EngineParts parts() throws InterruptedException {
        try {
            return parts.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new EngineException.Failed("the engine is not ready after " + patience.toSeconds()
                    + " s, it is still " + status.get().phase() + "; try again later");
        } catch (ExecutionException e) {
            requireChangeable();
            throw new EngineException.Failed("the engine could not start: " + why(e), e);
        }
    }

    private static String why(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : String.valueOf(cause.getMessage());
    }
}
