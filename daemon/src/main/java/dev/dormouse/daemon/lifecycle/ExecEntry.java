package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.exec.RunningExec;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One exec in memory. Thread-safe. */
final class ExecEntry {
    private final String id;
    private final ContainerEntry container;
    private final ExecConfig config;
    /** Its process; without one if it could not be executed. */
    private final CompletableFuture<Optional<RunningExec>> started = new CompletableFuture<>();

    /** Its end, or that its client has left it. */
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    private boolean claimed;
    private boolean abandoned;
    private OptionalInt exitCode = OptionalInt.empty();
    private long endedNanos;

    ExecEntry(String id, ContainerEntry container, ExecConfig config) {
        this.id = id;
        this.container = container;
        this.config = config;
    }

    String id() {
        return id;
    }

    ContainerEntry container() {
        return container;
    }

    ExecConfig config() {
        return config;
    }

    /** Throws if it was started. */
    synchronized void requireFresh() {
        if (claimed) {
            throw new EngineException.Conflict(
                    "exec command " + id + (exitCode.isPresent() ? " has already run" : " is already running"));
        }
    }

    /** From now on it is the caller's to start. */
    synchronized void claim() {
        requireFresh();
        claimed = true;
    }

    void started(RunningExec process) {
        boolean unwanted;
        synchronized (this) {
            unwanted = abandoned;
            started.complete(Optional.of(process));
        }
        if (unwanted) {
            process.hangUp();
        }
    }

    /** Its end; {@link #release} must follow. */
    synchronized void ended(int code) {
        exitCode = OptionalInt.of(code);
        endedNanos = System.nanoTime();
        started.complete(Optional.empty());
    }

    /** Its client has nothing more to expect: it has ended, or the client has left it on purpose. */
    void release() {
        released.complete(null);
    }

    /** Its client has gone. */
    void abandon() {
        synchronized (this) {
            abandoned = true;
        }
        process().ifPresent(RunningExec::hangUp);
    }

    /** Waits until its client has nothing more to expect. */
    void awaitRelease() throws InterruptedException {
        try {
            released.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody completes it so", e);
        }
    }

    /** Waits until it runs; empty if it did not come to that, or not in this time. */
    Optional<RunningExec> awaitProcess(Duration patience) throws InterruptedException {
        try {
            return started.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody completes it so", e);
        }
    }

    synchronized boolean isRunning() {
        return claimed && exitCode.isEmpty();
    }

    synchronized boolean hasEnded() {
        return exitCode.isPresent();
    }

    /** Whether it ended so long ago. */
    synchronized boolean endedBefore(Duration age) {
        return exitCode.isPresent() && System.nanoTime() - endedNanos > age.toNanos();
    }

    synchronized Execs.State state() {
        return new Execs.State(
                id,
                container.id(),
                config,
                isRunning(),
                exitCode,
                process().map(RunningExec::pid).orElse(0L));
    }

    private Optional<RunningExec> process() {
        return started.getNow(Optional.empty());
    }
}
