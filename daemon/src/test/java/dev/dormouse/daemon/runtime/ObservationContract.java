package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.reconcile.Observed;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every implementation of {@link Observation} sees; each puts the truth in place in its own way. */
@Timeout(20)
abstract class ObservationContract {
    /** What is made true. */
    interface Stage {
        Observation observation();

        /** A container that was compiled and never started. */
        ContainerId compiled() throws IOException;

        /** It runs. */
        void start(ContainerId container) throws IOException;

        /** It ends in order. */
        void exit(ContainerId container, int code) throws IOException;

        void freeze(ContainerId container) throws IOException;
    }

    abstract Stage stage() throws IOException;

    @Test
    void oneThatWasNeverStarted() throws IOException {
        Stage stage = stage();
        Observed seen = look(stage, stage.compiled());
        assertThat(seen.unit()).isEqualTo(Observed.Unit.GONE);
        assertThat(seen.init()).isEqualTo(Observed.Init.GONE);
        assertThat(seen.conmon()).isFalse();
        assertThat(seen.bundle()).isTrue();
        assertThat(seen.remains()).isFalse();
        assertThat(seen.exit()).isEmpty();
        assertThat(stage.observation().traces()).isEmpty();
    }

    @Test
    void oneThatRuns() throws IOException {
        Stage stage = stage();
        ContainerId id = stage.compiled();
        stage.start(id);
        Observed seen = look(stage, id);
        assertThat(seen.unit()).isEqualTo(Observed.Unit.ACTIVE);
        assertThat(seen.init()).isEqualTo(Observed.Init.ALIVE);
        assertThat(seen.conmon()).isTrue();
        assertThat(seen.frozen()).isFalse();
        assertThat(seen.exit()).isEmpty();
        assertThat(stage.observation().traces()).containsExactly(id);
    }

    @Test
    void oneThatIsFrozen() throws IOException {
        Stage stage = stage();
        ContainerId id = stage.compiled();
        stage.start(id);
        stage.freeze(id);
        assertThat(look(stage, id).frozen()).isTrue();
    }

    @Test
    void oneThatHasEnded() throws IOException {
        Stage stage = stage();
        ContainerId id = stage.compiled();
        Instant before = Instant.now();
        stage.start(id);
        stage.exit(id, 5);
        Observed seen = look(stage, id);
        assertThat(seen.unit()).isEqualTo(Observed.Unit.GONE);
        assertThat(seen.init()).isEqualTo(Observed.Init.GONE);
        assertThat(seen.exit().orElseThrow().code()).isEqualTo(5);
        assertThat(seen.exit().orElseThrow().finishedAt()).isBetween(before, Instant.now());
    }

    @Test
    void anEndThatTheRecordKnowsIsNoNews() throws IOException {
        Stage stage = stage();
        ContainerId id = stage.compiled();
        stage.start(id);
        stage.exit(id, 5);
        assertThat(stage.observation()
                        .of(new Observation.Subject(
                                id,
                                "one",
                                false,
                                true,
                                Optional.of(Instant.now().plusSeconds(1)),
                                false))
                        .exit())
                .isEmpty();
    }

    static Observed look(Stage stage, ContainerId id) {
        return stage.observation().of(new Observation.Subject(id, "one", false, true, Optional.empty(), true));
    }
}
