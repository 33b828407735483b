package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.Restarts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class AutomaticRestartTest {
    private static final Instant NEVER = Instant.parse("2999-01-01T00:00:00Z");

    @TempDir
    Path root;

    private Engine engine;
    private ContainerRecord web;

    @BeforeEach
    void open() {
        engine = Engine.in(root);
        web = engine.containers.create(
                Optional.of("web"),
                Engine.config(),
                Engine.host().withRestartPolicy(new RestartPolicy(RestartPolicy.Kind.ALWAYS, 0)));
        engine.containers.start("web");
    }

    @AfterEach
    void close() throws Exception {
        engine.close();
    }

    @Test
    void whereNobodyElseDoesItTheEngineRestartsWhenItIsDue() throws Exception {
        Containers.ExitWait exit = engine.containers.waitFor("web", Containers.WaitCondition.NEXT_EXIT);
        endsAndIsDue(Instant.now().plusMillis(50));
        assertThat(exit.await()).isEqualTo(1);
        // The event is the last of a start: nothing is written after it.
        while (!engine.happened().equals(List.of("create", "start", "die", "start"))) {
            Thread.onSpinWait();
        }
        assertThat(engine.containers.inspect("web").state()).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void oneThatWaitsCountsAsRunningAndAWaitForItReturns() throws Exception {
        endsAndIsDue(NEVER);
        Containers.Container seen = engine.containers.inspect("web");
        assertThat(seen.state())
                .isInstanceOfSatisfying(
                        ContainerState.Restarting.class,
                        restarting -> assertThat(restarting.exitCode()).isEqualTo(1));
        assertThat(seen.restartCount()).isEqualTo(3);
        assertThat(engine.containers
                        .waitFor("web", Containers.WaitCondition.NOT_RUNNING)
                        .await())
                .isEqualTo(1);
        assertThatThrownBy(() -> engine.containers.start("web")).isInstanceOf(EngineException.NotModified.class);
        assertThatThrownBy(() -> engine.containers.remove("web", false))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("container is restarting: stop the container");
        assertThatThrownBy(() -> engine.containers.kill("web", "HUP")).isInstanceOf(EngineException.Conflict.class);
    }

    @Test
    void aStopOrAKillOfOneThatWaitsIsFinal() {
        endsAndIsDue(NEVER);
        engine.containers.stop("web", Optional.empty(), Optional.empty());
        assertThat(engine.containers.inspect("web").state()).isInstanceOf(ContainerState.Exited.class);
        engine.containers.start("web");
        endsAndIsDue(NEVER);
        engine.containers.kill("web", "KILL");
        assertThat(engine.containers.inspect("web").state()).isInstanceOf(ContainerState.Exited.class);
        assertThat(engine.containers
                        .restoring()
                        .restartFacts(web.id())
                        .orElseThrow()
                        .stoppedByHand())
                .isTrue();
    }

    @Test
    void aForcedRemovalDoesNotWaitForTheRestart() {
        endsAndIsDue(NEVER);
        engine.containers.remove("web", true);
        assertThat(engine.containers.list()).isEmpty();
    }

    @Test
    void aPolicyCanBeChangedButNotWithAutoRemove() {
        engine.containers.update("web", new RestartPolicy(RestartPolicy.Kind.ON_FAILURE, 4));
        assertThat(engine.containers.inspect("web").record().hostConfig().restartPolicy())
                .isEqualTo(new RestartPolicy(RestartPolicy.Kind.ON_FAILURE, 4));
        assertThat(engine.happened()).last().isEqualTo("update");
        engine.createAutoRemoved("once");
        RestartPolicy always = new RestartPolicy(RestartPolicy.Kind.ALWAYS, 0);
        assertThatThrownBy(() -> engine.containers.update("once", always))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("AutoRemove");
        assertThatThrownBy(() -> engine.containers.create(
                        Optional.empty(),
                        Engine.config(),
                        Engine.host(true, List.of()).withRestartPolicy(always)))
                .hasMessage("can't create 'AutoRemove' container with restart policy");
    }

    private void endsAndIsDue(Instant due) {
        engine.runtime.plan(web.id(), new Restarts(3, Optional.of(due), false, false, Optional.empty()));
        engine.runtime.exit(web.id(), 1);
    }
}
