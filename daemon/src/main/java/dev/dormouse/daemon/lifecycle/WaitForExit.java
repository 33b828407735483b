package dev.dormouse.daemon.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** {@code docker wait}, and what {@code docker run} waits with. */
final class WaitForExit {
    private final CurrentState state;
    private final RunObserver observer;

    WaitForExit(CurrentState state, RunObserver observer) {
        this.state = state;
        this.observer = observer;
    }

    Containers.ExitWait begin(ContainerEntry container, Containers.WaitCondition condition) {
        Future<Integer> exit = switch (condition) {
            case NOT_RUNNING -> notRunning(container);
            case NEXT_EXIT -> nextExit(container);
            case REMOVED -> container.signals().removed();
        };
        return () -> await(exit);
    }

    private Future<Integer> notRunning(ContainerEntry container) {
        Future<Integer> next =
                nextExit(container); // asked for first: an exit after this is seen, one before it is over
        return state.isRunning(container) ? next : CompletableFuture.completedFuture(state.lastExitCode(container));
    }

    private Future<Integer> nextExit(ContainerEntry container) {
        observer.catchUp(container);
        return container.signals().nextExit();
    }

    private static int await(Future<Integer> exit) throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exit code cannot fail", e);
        }
    }
}
