package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.process.ProcessIdentity;
import dev.dormouse.daemon.runtime.ContainerRuntime.Change;
import dev.dormouse.daemon.runtime.ContainerRuntime.Exit;
import dev.dormouse.daemon.runtime.ContainerRuntime.Running;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
    private static final ContainerId ID = ContainerId.random();

    private final RunHistory history = new RunHistory();

    @Test
    void whatWasSoAtTheBeginningIsNoChange() {
        history.begin(ID, begun(1), Optional.empty());
        assertThat(history.look(ID, begun(1), Optional.empty())).isEmpty();
        assertThat(history.look(ID, Optional.empty(), ended(1))).containsExactly(exited(1));
    }

    @Test
    void anExitIsToldWhenItIsWrittenNotWhenTheProcessIsGone() {
        assertThat(history.look(ID, begun(1), Optional.empty())).containsExactly(started(1));
        assertThat(history.look(ID, Optional.empty(), Optional.empty())).isEmpty();
        assertThat(history.look(ID, Optional.empty(), ended(1))).containsExactly(exited(1));
        assertThat(history.look(ID, Optional.empty(), ended(1))).isEmpty();
    }

    @Test
    void aRunThatNobodyLookedAtIsToldFromItsEnd() {
        assertThat(history.look(ID, Optional.empty(), ended(1))).containsExactly(started(1), exited(1));
    }

    @Test
    void filesReadWhileARunEndedAreThoseOfARunThatHasEnded() {
        history.look(ID, begun(1), Optional.empty());
        assertThat(history.look(ID, begun(1), ended(1))).containsExactly(exited(1));
        assertThat(history.look(ID, Optional.empty(), ended(1))).isEmpty();
    }

    @Test
    void endAndNextBeginInOneLookAreTwoChanges() {
        history.look(ID, begun(1), Optional.empty());
        assertThat(history.look(ID, begun(2), ended(1))).containsExactly(exited(1), started(2));
    }

    @Test
    void anExitThatTheNextOneReplacedHasAnUnknownCode() {
        history.look(ID, begun(1), Optional.empty());
        assertThat(history.look(ID, Optional.empty(), ended(2)))
                .containsExactly(new Change.Exited(ID, new Exit(255, time(1), time(2))), started(2), exited(2));
    }

    @Test
    void aStartThatFailedIsNoRun() {
        Optional<RunFiles.Ended> failed = Optional.of(new RunFiles.Ended(new Exit(127, Instant.EPOCH, time(5)), 0));
        assertThat(history.look(ID, Optional.empty(), failed)).isEmpty();
    }

    private static Instant time(long run) {
        return Instant.ofEpochSecond(run * 100);
    }

    private static Optional<RunFiles.Begun> begun(long run) {
        return Optional.of(new RunFiles.Begun(new Running(run, time(run)), new ProcessIdentity(run, run)));
    }

    private static Optional<RunFiles.Ended> ended(long run) {
        return Optional.of(new RunFiles.Ended(new Exit(0, time(run), time(run).plusSeconds(1)), run));
    }

    private static Change started(long run) {
        return new Change.Started(ID, new Running(run, time(run)));
    }

    private static Change exited(long run) {
        return new Change.Exited(ID, new Exit(0, time(run), time(run).plusSeconds(1)));
    }
}
