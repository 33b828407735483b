package dev.dormouse.daemon.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.lifecycle.Engine;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.runtime.InMemoryObservation;
import dev.dormouse.daemon.spec.ContainerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class RestoreContainersTest {
    @TempDir
    Path root;

    @Test
    void aRunningContainerIsTakenOverAndItsExitSeen() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord made = engine.create("nginx");
            engine.containers.start("nginx");
            ContainerState before = engine.containers.inspect("nginx").state();
            try (Engine next = engine.next()) {
                assertThat(next.restore.progress().phase()).isEqualTo(RestorePhase.DONE);
                assertThat(next.containers.inspect("nginx").state()).isEqualTo(before);
                assertThat(next.happened()).isEmpty();
                Containers.ExitWait exit = next.containers.waitFor("nginx", Containers.WaitCondition.NOT_RUNNING);
                next.runtime.exit(made.id(), 9);
                assertThat(exit.await()).isEqualTo(9);
                assertThat(next.happened()).containsExactly("die");
            }
        }
    }

    @Test
    void anExitWhileNoEngineWasThereKeepsItsTimeAndCode() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord made = engine.create("nginx");
            ContainerRecord once = engine.createAutoRemoved("once");
            engine.createAutoRemoved("never-started");
            engine.containers.start("nginx");
            engine.containers.start("once");
            engine.kill();
            engine.runtime.exit(made.id(), 5);
            engine.runtime.exit(once.id(), 0);
            ContainerRuntime.Exit exit = engine.runtime.lastExit(made).orElseThrow();
            try (Engine next = engine.next()) {
                assertThat(next.containers.inspect("nginx").state())
                        .isEqualTo(new ContainerState.Exited(5, exit.startedAt(), exit.finishedAt(), ""));
                assertThatThrownBy(() -> next.containers.inspect("once")).isInstanceOf(EngineException.NotFound.class);
                assertThat(next.containers.inspect("never-started").state()).isEqualTo(new ContainerState.Created());
            }
        }
    }

    @Test
    void whatHappenedWithoutAnEngineIsToldOnceWithItsTime() throws Exception {
        try (Engine engine = Engine.withHistory(root)) {
            ContainerRecord made = engine.create("nginx");
            engine.containers.start("nginx");
            engine.kill();
            engine.runtime.exit(made.id(), 5);
            ContainerRuntime.Exit first = engine.runtime.lastExit(made).orElseThrow();
            try (Engine next = engine.nextWithHistory()) {
                assertThat(next.happened()).containsExactly("create", "start", "die");
                assertThat(next.events.since(first.finishedAt()))
                        .singleElement()
                        .satisfies(die -> assertThat(die.attributes()).containsEntry("exitCode", "5"));
                next.kill();
                next.runtime.start(made);
                Instant started = next.runtime.running(made).orElseThrow().startedAt();
                next.runtime.exit(made.id(), 6);
                try (Engine third = next.nextWithHistory();
                        Engine fourth = third.nextWithHistory()) {
                    assertThat(fourth.happened()).containsExactly("create", "start", "die", "start", "die");
                    assertThat(fourth.events.since(started)).hasSize(2);
                }
            }
        }
    }

    @Test
    void aRunThatThePowerEndedHasDockersUnknownCode() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord made = engine.create("nginx");
            engine.containers.start("nginx");
            engine.kill();
            engine.runtime.exit(made.id(), 0);
            engine.runtime.discard(made); // neither a process nor its exit is known
            try (Engine next = engine.next()) {
                ContainerState.Exited lost =
                        (ContainerState.Exited) next.containers.inspect("nginx").state();
                assertThat(lost.exitCode()).isEqualTo(255);
                assertThat(lost.error()).contains("not recorded");
                next.containers.start("nginx");
                next.containers.stop("nginx", Optional.empty(), Optional.empty());
                assertThat(next.containers.inspect("nginx").state())
                        .isInstanceOfSatisfying(
                                ContainerState.Exited.class,
                                exited -> assertThat(exited.exitCode()).isEqualTo(143));
            }
        }
    }

    @Test
    void aRunThatAResetEndedIsDatedByTheBoot() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord made = engine.create("nginx");
            engine.containers.start("nginx");
            engine.kill();
            engine.runtime.exit(made.id(), 0);
            engine.runtime.discard(made);
            Instant boot = Instant.now().plusSeconds(60);
            engine.runtime.observation().distort(made.id(), InMemoryObservation.bootedAt(boot));
            try (Engine next = engine.next()) {
                ContainerState.Exited lost =
                        (ContainerState.Exited) next.containers.inspect("nginx").state();
                assertThat(lost.exitCode()).isEqualTo(255);
                assertThat(lost.finishedAt()).isEqualTo(boot);
                assertThat(lost.error()).contains("the machine went down");
            }
        }
    }

    @Test
    void aFrozenOneIsPausedAndWhatItLacksIsMadeAgain() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord made = engine.create("nginx");
            engine.containers.start("nginx");
            engine.runtime.freeze(made.id());
            engine.runtime.observation().distort(made.id(), InMemoryObservation.withoutBundleAndNamespace());
            try (Engine next = engine.next()) {
                assertThat(next.containers.inspect("nginx").state())
                        .isInstanceOfSatisfying(
                                ContainerState.Running.class,
                                running -> assertThat(running.paused()).isTrue());
                assertThat(next.runtime.repairs()).containsExactly("bind namespace of nginx");
            }
        }
    }

    @Test
    void oneWhoseConmonWasKilledIsTornDownAndItsEndIsOnRecord() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord made = engine.create("nginx");
            engine.containers.start("nginx");
            engine.runtime.observation().distort(made.id(), InMemoryObservation.withoutConmon());
            try (Engine next = engine.next()) {
                assertThat(next.runtime.repairs()).containsExactly("tear down nginx");
                assertThat(next.containers.inspect("nginx").state())
                        .isInstanceOfSatisfying(
                                ContainerState.Exited.class,
                                exited -> assertThat(exited.exitCode()).isEqualTo(137));
                next.containers.start("nginx");
            }
        }
    }

    @Test
    void whatHasNoRecordIsTornDownAndNothingElse() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord broken = engine.create("broken");
            engine.create("well");
            engine.containers.start("broken");
            engine.containers.start("well");
            Files.writeString(engine.folder.container(broken.id()).resolve("config.json"), "{");
            ContainerId orphan = ContainerId.random();
            engine.runtime.leaveOrphan(orphan);
            try (Engine next = engine.next()) {
                assertThat(next.runtime.repairs()).containsExactly("tear down orphan " + orphan.abbreviated());
                assertThat(next.containers.inspect("broken").state()).isInstanceOf(ContainerState.Running.class);
                next.containers.remove("broken", true);
                assertThat(next.runtime.observation().traces()).hasSize(1);
            }
        }
    }

    @Test
    void aRemovalIsFinishedThoughItWasStartedAgain() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord made = engine.create("nginx");
            engine.store.markRemoving(made.id());
            engine.runtime.start(made);
            try (Engine next = engine.next()) {
                assertThat(next.containers.list()).isEmpty();
                assertThat(next.runtime.repairs()).containsExactly("tear down nginx");
                assertThat(next.folder.container(made.id())).doesNotExist();
            }
        }
    }

    @Test
    void anAliasOfOneThatRunsStaysAndOfOneThatEndedGoes() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord runs = engine.create("runs");
            ContainerRecord ends = engine.create("ends");
            engine.containers.start("runs");
            engine.containers.start("ends");
            engine.containers.rename("runs", "runs-now");
            engine.containers.rename("ends", "ended-now");
            engine.kill();
            engine.runtime.exit(ends.id(), 0);
            try (Engine next = engine.next()) {
                assertThat(next.containers.inspect("runs-now").record().unitName())
                        .isEqualTo("runs");
                assertThat(next.containers.inspect("ended-now").record().unitName())
                        .isEqualTo("ended-now");
                assertThat(Files.isSymbolicLink(next.folder.names().resolve("runs")))
                        .isTrue();
                assertThat(Files.isSymbolicLink(next.folder.names().resolve("ends")))
                        .isFalse();
                next.containers.stop(runs.id().value(), Optional.empty(), Optional.empty());
            }
        }
    }

    @Test
    void aBrokenContainerIsListedCannotBeStartedAndCanBeRemoved() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord broken = engine.create("broken");
            engine.create("well");
            Path config = engine.folder.container(broken.id()).resolve("config.json");
            String json = Files.readString(config);
            Files.writeString(config, json.substring(0, json.length() / 2));
            try (Engine next = engine.next()) {
                assertThat(next.containers.list()).hasSize(2);
                assertThat(next.containers.inspect("broken").state())
                        .isInstanceOfSatisfying(
                                ContainerState.Dead.class,
                                dead -> assertThat(dead.error()).contains(config.toString()));
                assertThatThrownBy(() -> next.containers.start("broken"))
                        .isInstanceOf(EngineException.Failed.class)
                        .hasMessageContaining("quarantined")
                        .hasMessageContaining(config.toString());
                assertThatThrownBy(() -> next.create("broken")).isInstanceOf(EngineException.Conflict.class);
                next.containers.start("well");
                next.containers.remove("broken", false);
                assertThat(next.folder.container(broken.id())).doesNotExist();
                next.create("broken");
            }
        }
    }

    @Test
    void leakedAddressesAreFreed() throws Exception {
        try (Engine engine = Engine.in(root)) {
            ContainerRecord made = engine.create("nginx");
            engine.networks.allocate(ContainerId.random());
            try (Engine next = engine.next()) {
                assertThat(next.networks.holders()).containsExactly(made.id());
            }
        }
    }
}
