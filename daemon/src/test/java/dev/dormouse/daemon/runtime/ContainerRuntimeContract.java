package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRuntime.Change;
import dev.dormouse.daemon.runtime.ContainerRuntime.Exit;
import dev.dormouse.daemon.runtime.ContainerRuntime.Running;
import dev.dormouse.daemon.runtime.ContainerRuntime.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ContainerRuntime} does. The real one and the one in memory are held to it alike. */
public abstract class ContainerRuntimeContract {
    private static final int PATIENCE_SECONDS = 30;

    /** How the process of a container behaves. */
    public enum Behaviour {
        /** Runs until its stop signal, then ends with 143. */
        OBEDIENT,
        /** Runs until SIGKILL. */
        DEAF,
        /** Ends with 7 as soon as it runs. */
        BRIEF,
        /** Its program is not there. */
        BROKEN
    }

    protected abstract ContainerRuntime runtime();

    /** A fresh container, compiled; the test's own clean-up discards it. */
    protected abstract ContainerRecord container(Behaviour behaviour);

    /** Returns when a process that was just started reacts to signals as its behaviour says. */
    protected void awaitReady(ContainerRecord container) {}

    private void startReady(ContainerRecord container) {
        runtime().start(container);
        awaitReady(container);
    }

    @Test
    void whatWasStartedRunsUntilItIsStopped() {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        assertThat(runtime().running(container)).isEmpty();
        assertThat(runtime().lastExit(container)).isEmpty();

        startReady(container);
        Running process = runtime().running(container).orElseThrow();
        assertThat(process.pid()).isPositive();
        assertThat(runtime().lastExit(container)).isEmpty();

        runtime().stop(container, Optional.empty(), Optional.empty());
        assertThat(runtime().running(container)).isEmpty();
        Exit exit = runtime().lastExit(container).orElseThrow();
        assertThat(exit.exitCode()).isEqualTo(143);
        assertThat(exit.startedAt()).isEqualTo(process.startedAt());
        assertThat(exit.finishedAt()).isAfterOrEqualTo(exit.startedAt());
    }

    @Test
    void stoppingWhatDoesNotRunIsNothing() {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        runtime().stop(container, Optional.of(1), Optional.empty());
        assertThat(runtime().running(container)).isEmpty();
    }

    @Test
    void startingWhatRunsIsNothing() {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        startReady(container);
        Optional<Running> process = runtime().running(container);
        runtime().start(container);
        assertThat(runtime().running(container)).isEqualTo(process);
    }

    @Test
    void whatDoesNotObeyIsKilledWhenItsTimeIsOver() {
        ContainerRecord container = container(Behaviour.DEAF);
        runtime().start(container);
        long before = System.nanoTime();
        runtime().stop(container, Optional.of(1), Optional.of("SIGTERM"));
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
        assertThat(runtime().lastExit(container).map(Exit::exitCode)).contains(137);
    }

    @Test
    void aStopWithoutPatienceKillsAtOnce() {
        ContainerRecord container = container(Behaviour.DEAF);
        runtime().start(container);
        runtime().stop(container, Optional.of(0), Optional.empty());
        assertThat(runtime().lastExit(container).map(Exit::exitCode)).contains(137);
    }

    @Test
    void aKilledProcessIsSeenToExit() throws InterruptedException {
        ContainerRecord container = container(Behaviour.DEAF);
        Seen seen = new Seen();
        try (Subscription _ = runtime().watch(seen)) {
            runtime().start(container);
            runtime().kill(container, "KILL");
            assertThat(seen.next()).isInstanceOf(Change.Started.class);
            assertThat(seen.next()).isInstanceOfSatisfying(Change.Exited.class, exited -> {
                assertThat(exited.container()).isEqualTo(container.id());
                assertThat(exited.exit().exitCode()).isEqualTo(137);
            });
        }
        assertThat(runtime().lastExit(container).map(Exit::exitCode)).contains(137);
    }

    @Test
    void killingWhatDoesNotRunIsAConflict() {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        assertThatThrownBy(() -> runtime().kill(container, "SIGTERM"))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining(container.name())
                .hasMessageContaining("is not running");
    }

    @Test
    void anUnknownSignalIsRefused() {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        startReady(container);
        assertThatThrownBy(() -> runtime().kill(container, "SIGNOTHING"))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("SIGNOTHING");
        assertThatThrownBy(() -> runtime().stop(container, Optional.empty(), Optional.of("65")))
                .isInstanceOf(EngineException.InvalidParameter.class);
        assertThat(runtime().running(container)).isPresent();
    }

    @Test
    void runsAreReportedInTheirOrder() throws InterruptedException {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        Seen seen = new Seen();
        try (Subscription _ = runtime().watch(seen)) {
            for (int run = 0; run < 2; run++) {
                startReady(container);
                Running process = runtime().running(container).orElseThrow();
                runtime().stop(container, Optional.empty(), Optional.empty());
                Exit exit = runtime().lastExit(container).orElseThrow();
                assertThat(seen.next()).isEqualTo(new Change.Started(container.id(), process));
                assertThat(seen.next()).isEqualTo(new Change.Exited(container.id(), exit));
            }
        }
    }

    @Test
    void aProcessThatEndsAtOnceWasStartedAllTheSame() throws InterruptedException {
        ContainerRecord container = container(Behaviour.BRIEF);
        Seen seen = new Seen();
        try (Subscription _ = runtime().watch(seen)) {
            runtime().start(container);
            assertThat(seen.next()).isInstanceOf(Change.Started.class);
            assertThat(seen.next())
                    .isInstanceOfSatisfying(
                            Change.Exited.class,
                            exited -> assertThat(exited.exit().exitCode()).isEqualTo(7));
        }
        assertThat(runtime().running(container)).isEmpty();
        assertThat(runtime().lastExit(container).map(Exit::exitCode)).contains(7);
    }

    @Test
    void aStartThatFailsSaysWhyAndLeavesNothingRunning() throws InterruptedException {
        ContainerRecord broken = container(Behaviour.BROKEN);
        ContainerRecord whole = container(Behaviour.OBEDIENT);
        Seen seen = new Seen();
        try (Subscription _ = runtime().watch(seen)) {
            assertThatThrownBy(() -> runtime().start(broken))
                    .isInstanceOf(EngineException.Failed.class)
                    .hasMessageContaining("no such file or directory");
            assertThat(runtime().running(broken)).isEmpty();
            assertThat(runtime().lastExit(broken)).hasValueSatisfying(exit -> {
                assertThat(exit.exitCode()).isEqualTo(127);
                assertThat(exit.startedAt()).isEqualTo(Instant.EPOCH);
            });
            runtime().start(whole);
            assertThat(seen.next().container())
                    .as("nothing was heard of the broken one")
                    .isEqualTo(whole.id());
        }
    }

    @Test
    void whatRunsIsNotDiscarded() {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        startReady(container);
        assertThatThrownBy(() -> runtime().discard(container)).isInstanceOf(EngineException.Conflict.class);
        runtime().stop(container, Optional.empty(), Optional.empty());
        runtime().discard(container);
        assertThat(runtime().lastExit(container)).isEmpty();
    }

    @Test
    void aClosedSubscriptionHearsNothing() throws InterruptedException {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        Seen closed = new Seen();
        runtime().watch(closed).close();
        Seen open = new Seen();
        try (Subscription _ = runtime().watch(open)) {
            startReady(container);
            assertThat(open.next()).isInstanceOf(Change.Started.class);
            assertThat(closed.changes).isEmpty();
        }
    }

    private static final class Seen implements java.util.function.Consumer<Change> {
        private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();

        @Override
        public void accept(Change change) {
            changes.add(change);
        }

        Change next() throws InterruptedException {
            @Nullable Change change = changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (change == null) {
                throw new AssertionError("nothing was reported within " + PATIENCE_SECONDS + " s");
            }
            return change;
        }
    }
}
