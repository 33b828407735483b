package dev.dormouse.daemon.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Tells those who wait about a container's runs. Every waiter of one run shares one future, so one who gives up leaves nothing behind.
 * Thread-safe.
 */
final class RunSignals {
    private final CompletableFuture<Integer> removed = new CompletableFuture<>();
    private CompletableFuture<Integer> exit = new CompletableFuture<>();
    private CompletableFuture<Void> end = new CompletableFuture<>();

    /** The exit code of the run that ends next; of the last one, if the container is removed before. */
    synchronized Future<Integer> nextExit() {
        return exit;
    }

    /** The end of the run that ends next, or of the next try to start one, or of the container. */
    synchronized Future<Void> nextEnd() {
        return end;
    }

    /** The last exit code, once the container is gone. */
    Future<Integer> removed() {
        return removed;
    }

    synchronized void exited(int exitCode) {
        exit.complete(exitCode);
        exit = new CompletableFuture<>();
        notStarted();
    }

    /** A start failed: who attached to it must not wait for the next one; who waits for an exit may. */
    synchronized void notStarted() {
        end.complete(null);
        end = new CompletableFuture<>();
    }

    synchronized void removed(int lastExitCode) {
        exit.complete(lastExitCode);
        end.complete(null);
        removed.complete(lastExitCode);
    }
}
