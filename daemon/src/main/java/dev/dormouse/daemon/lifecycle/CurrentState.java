package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerFacts;
import dev.dormouse.daemon.store.LoadedContainers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Says where a container is in its life, from what the runtime sees now. Thread-safe. */
final class CurrentState {
    /** Docker's exit code of a run whose end nobody saw. */
    static final int UNKNOWN = 255;

    /** Between a process's end and the exit file stands the unit's clean-up (docs/internals.md), some milliseconds. */
    private static final Duration CLEAN_UP = Duration.ofMillis(500);

    private static final Duration STEP = Duration.ofMillis(10);

    private final ContainerRuntime runtime;

    CurrentState(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    boolean isRunning(ContainerEntry container) {
        return runtime.running(container.record()).isPresent();
    }

    /** Whether it is to run again by itself: it waits for its restart, or is being restarted. */
    boolean isRestarting(ContainerEntry container) {
        return runtime.restarts(container.record()).isPending() && !isRunning(container);
    }

    /** Whether it runs or is about to run again: what Docker's verbs call running. */
    boolean isActive(ContainerEntry container) {
        return isRunning(container) || isRestarting(container);
    }

    ContainerState of(ContainerEntry container) {
        long deadline = System.nanoTime() + CLEAN_UP.toNanos();
        while (true) {
            Optional<ContainerState> state = settled(container);
            if (state.isPresent()) {
                return state.get();
            }
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                Instant start = container.facts().lastStart().orElse(Instant.EPOCH);
                return new ContainerState.Exited(UNKNOWN, start, start, ReconcileContainer.NOT_RECORDED);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** The code that a wait for something that is not running answers. */
    int lastExitCode(ContainerEntry container) {
        return switch (of(container)) {
            case ContainerState.Exited exited -> exited.exitCode();
            case ContainerState.Restarting restarting -> restarting.exitCode();
            case ContainerState.Created _, ContainerState.Running _, ContainerState.Dead _ -> 0;
        };
    }

    /** The state; absent while the last run is over and how it ended is just being written down. */
    private Optional<ContainerState> settled(ContainerEntry container) {
        ContainerRecord record = container.record();
        Optional<ContainerRuntime.Running> running = runtime.running(record);
        if (running.isPresent()) {
            return running.map(run -> new ContainerState.Running(
                    run.pid(), run.startedAt(), runtime.isFrozen(record), container.trouble()));
        }
        if (container.quarantine().isPresent()) {
            LoadedContainers.Broken broken = container.quarantine().get();
            return Optional.of(new ContainerState.Dead(broken.error(), broken.since()));
        }
        Optional<ContainerRuntime.Exit> exit = runtime.lastExit(record);
        if (exit.isPresent() && runtime.restarts(record).isPending()) {
            return exit.map(
                    last -> new ContainerState.Restarting(last.exitCode(), last.startedAt(), last.finishedAt()));
        }
        ContainerFacts facts = container.facts();
        Optional<ContainerState> failed = facts.failure()
                .filter(failure -> exit.filter(last -> last.finishedAt().isAfter(failure.at()))
                        .isEmpty())
                .map(failure -> failed(failure, exit, facts));
        if (failed.isPresent()) {
            return failed;
        }
        if (exit.isPresent() && !isOlder(exit.get(), facts)) {
            return exit.map(
                    last -> new ContainerState.Exited(last.exitCode(), last.startedAt(), last.finishedAt(), ""));
        }
        return facts.lastStart().isEmpty() ? Optional.of(new ContainerState.Created()) : Optional.empty();
    }

    private static ContainerState failed(
            ContainerFacts.Failure failure, Optional<ContainerRuntime.Exit> exit, ContainerFacts facts) {
        Instant started =
                exit.map(ContainerRuntime.Exit::startedAt).or(facts::lastStart).orElse(failure.at());
        return new ContainerState.Exited(failure.exitCode(), started, failure.at(), failure.error());
    }

    private static boolean isOlder(ContainerRuntime.Exit exit, ContainerFacts facts) {
        return facts.lastStart()
                .filter(start -> exit.finishedAt().isBefore(start))
                .isPresent();
    }
}
