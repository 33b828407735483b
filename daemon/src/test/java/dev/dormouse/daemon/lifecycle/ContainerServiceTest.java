package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Faults;
import dev.dormouse.daemon.lifecycle.Containers.WaitCondition;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.PublishedPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ContainerServiceTest {
    @TempDir
    Path root;

    private Engine engine;
    private Containers containers;

    @BeforeEach
    void open() {
        engine = Engine.in(root);
        containers = engine.containers;
    }

    @AfterEach
    void close() throws Exception {
        engine.close();
    }

    /** As after a kill in the middle of a removal: for clients that container is gone. */
    @Test
    void aNameWhoseContainerIsBeingRemovedIsWaitedFor() {
        ContainerId going = ContainerId.random();
        engine.store.makeFolder(going);
        engine.store.reserveName("nginx", going);
        try (Faults faults =
                Faults.doAt(new Faults.Point("link nginx", 2), () -> engine.store.releaseName("nginx", going))) {
            engine.create("nginx");
            assertThat(faults.isReached()).isTrue();
        }
    }

    @Test
    void aRenameWaitsForSuchANameToo() {
        ContainerRecord made = engine.create("old");
        ContainerId going = ContainerId.random();
        engine.store.makeFolder(going);
        engine.store.reserveName("nginx", going);
        try (Faults faults =
                Faults.doAt(new Faults.Point("link nginx", 2), () -> engine.store.releaseName("nginx", going))) {
            containers.rename("old", "nginx");
            assertThat(faults.isReached()).isTrue();
        }
        assertThat(containers.inspect("nginx").record().id()).isEqualTo(made.id());
    }

    @Test
    void aCreatedContainerIsCompiledHasAnAddressAndIsFoundByEveryReference() {
        ContainerRecord made = engine.create("nginx");
        assertThat(engine.runtime.isCompiled(made.id())).isTrue();
        assertThat(made.networks()).hasSize(1);
        for (String reference :
                List.of("nginx", "/nginx", made.id().value(), made.id().abbreviated())) {
            assertThat(containers.inspect(reference).record()).isEqualTo(made);
        }
        assertThat(containers.inspect("nginx").state()).isEqualTo(new ContainerState.Created());
        assertThat(engine.happened()).containsExactly("create");
        assertThat(engine.events.since(made.created()).getFirst().attributes())
                .containsEntry("name", "nginx")
                .containsEntry("image", OneImage.NAME)
                .containsEntry("from", "image");
    }

    @Test
    void aTakenNameIsRefusedInDockersWordsAndLeavesNothing() throws Exception {
        ContainerRecord first = engine.create("nginx");
        assertThatThrownBy(() -> engine.create("nginx"))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessage("Conflict. The container name \"/nginx\" is already in use by container \"" + first.id()
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
        assertThat(containers.list()).hasSize(1);
        assertThat(engine.networks.holders()).containsExactly(first.id());
        try (var folders = Files.list(engine.folder.containers())) {
            assertThat(folders).hasSize(1);
        }
    }

    @Test
    void aContainerWithoutANameGetsOne() {
        assertThat(containers
                        .create(Optional.empty(), Engine.config(), Engine.host())
                        .name())
                .matches("[a-z]+_[a-z]+");
    }

    @Test
    void createRefusesAnUnknownImageAndABadName() {
        assertThatThrownBy(() -> engine.create("-x"))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessage("Invalid container name (-x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        assertThatThrownBy(() -> engine.create("x".repeat(201))).hasMessageContaining("at most 200");
        assertThatThrownBy(() -> containers.create(
                        Optional.of("bare"), Engine.config(Optional.empty(), Optional.empty()), Engine.host()))
                .hasMessage("no command specified");
    }

    @Test
    void ephemeralPortsAreInTheRecordAndExposed() {
        Port port = new Port(80, Port.Protocol.TCP);
        ContainerRecord made = containers.create(
                Optional.empty(), Engine.config(), Engine.host(false, List.of(new PublishedPort(port, "", 0))));
        assertThat(made.hostConfig().publishedPorts()).containsExactly(new PublishedPort(port, "", 49_152));
        assertThat(made.config().exposedPorts()).containsExactly(port);
    }

    @Test
    void aHostPortThatARunningContainerHasIsNotGivenTwice() {
        Port port = new Port(80, Port.Protocol.TCP);
        containers.create(
                Optional.of("first"), Engine.config(), Engine.host(false, List.of(new PublishedPort(port, "", 8080))));
        containers.create(
                Optional.of("second"),
                Engine.config(),
                Engine.host(false, List.of(new PublishedPort(port, "127.0.0.1", 8080))));
        containers.start("first");
        assertThatThrownBy(() -> containers.start("second"))
                .hasMessageContaining("Bind for 127.0.0.1:8080 failed: port is already allocated (by container first)");
        containers.stop("first", Optional.empty(), Optional.empty());
        containers.start("second");
        assertThat(containers.inspect("second").state()).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void aHostPortThatSomebodyListensOnFailsTheStart() {
        Port port = new Port(80, Port.Protocol.TCP);
        containers.create(
                Optional.of("web"), Engine.config(), Engine.host(false, List.of(new PublishedPort(port, "", 8080))));
        engine.ports.taken.add(8080);
        assertThatThrownBy(() -> containers.start("web")).hasMessageContaining("port is already allocated");
        engine.ports.taken.clear();
        containers.start("web");
        assertThat(containers.inspect("web").state()).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void startRunsItAndASecondStartChangesNothing() {
        engine.create("nginx");
        containers.start("nginx");
        assertThat(containers.inspect("nginx").state()).isInstanceOf(ContainerState.Running.class);
        assertThatThrownBy(() -> containers.start("nginx")).isInstanceOf(EngineException.NotModified.class);
        assertThat(engine.happened()).containsExactly("create", "start");
    }

    @Test
    void stopEndsItAndASecondStopChangesNothing() {
        engine.create("nginx");
        containers.start("nginx");
        containers.stop("nginx", Optional.empty(), Optional.of("quit"));
        assertThat(exited("nginx").exitCode()).isEqualTo(143);
        assertThat(engine.runtime.signals()).singleElement().asString().endsWith(" SIGQUIT");
        assertThatThrownBy(() -> containers.stop("nginx", Optional.empty(), Optional.empty()))
                .isInstanceOf(EngineException.NotModified.class);
        assertThat(engine.happened()).containsExactly("create", "start", "kill", "die", "stop");
    }

    @Test
    void stopChecksWhatItIsGiven() {
        engine.create("nginx");
        assertThatThrownBy(() -> containers.stop("nginx", Optional.of(-2), Optional.empty()))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("-2");
        assertThatThrownBy(() -> containers.stop("nginx", Optional.empty(), Optional.of("NAP")))
                .hasMessageStartingWith("invalid signal: NAP");
    }

    @Test
    void killSendsTheSignalAndNeedsARunningContainer() {
        ContainerRecord made = engine.create("nginx");
        assertThatThrownBy(() -> containers.kill("nginx", "KILL"))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessage("cannot kill container: nginx: container " + made.id() + " is not running");
        containers.start("nginx");
        containers.kill("nginx", "HUP");
        assertThat(engine.runtime.signals()).containsExactly(made.id() + " SIGHUP");
        assertThat(engine.events.since(made.created()).getLast().attributes()).containsEntry("signal", "1");
    }

    @Test
    void restartStopsAndStarts() {
        engine.create("nginx");
        containers.restart("nginx", Optional.empty(), Optional.empty());
        containers.restart("nginx", Optional.empty(), Optional.empty());
        assertThat(containers.inspect("nginx").state()).isInstanceOf(ContainerState.Running.class);
        assertThat(engine.happened())
                .containsExactly("create", "start", "restart", "kill", "die", "stop", "start", "restart");
    }

    @Test
    void removeFreesNameAddressAndFiles() {
        ContainerRecord made = engine.create("nginx");
        containers.remove("nginx", false);
        assertThatThrownBy(() -> containers.inspect("nginx"))
                .isInstanceOf(EngineException.NotFound.class)
                .hasMessage("No such container: nginx");
        assertThat(engine.folder.container(made.id())).doesNotExist();
        assertThat(engine.networks.holders()).isEmpty();
        assertThat(engine.runtime.isCompiled(made.id())).isFalse();
        engine.create("nginx");
        assertThat(engine.happened()).containsExactly("create", "destroy", "create");
    }

    @Test
    void aRunningContainerIsRemovedOnlyByForce() {
        engine.create("nginx");
        containers.start("nginx");
        assertThatThrownBy(() -> containers.remove("nginx", false))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessage("cannot remove container \"/nginx\": container is running: stop the container before"
                        + " removing or force remove");
        containers.remove("nginx", true);
        assertThat(containers.list()).isEmpty();
    }

    @Test
    void aFailedStartIsKeptWithDockersExitCode() {
        ContainerRecord made = engine.create("nginx");
        engine.runtime.failStart(
                made.id(), "crun: executable file `serve` not found in $PATH: No such file or directory");
        assertThatThrownBy(() -> containers.start("nginx"))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("executable file not found")
                .hasMessageContaining("`serve`");
        assertThat(exited("nginx").exitCode()).isEqualTo(127);
        assertThat(exited("nginx").error()).contains("executable file not found");
        engine.runtime.letStart(made.id());
        containers.start("nginx");
        containers.stop("nginx", Optional.empty(), Optional.empty());
        assertThat(exited("nginx").error()).isEmpty();
    }

    @Test
    void renameMovesTheNameAndFreesTheOldOne() {
        ContainerRecord made = engine.create("old");
        containers.rename("old", "/new");
        assertThat(containers.inspect("new").record().unit()).isEqualTo("dormouse-container@new.service");
        assertThatThrownBy(() -> containers.inspect("old")).isInstanceOf(EngineException.NotFound.class);
        engine.create("old");
        assertThatThrownBy(() -> containers.rename("new", "new"))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessage("Renaming a container with the same name as its current name");
        assertThatThrownBy(() -> containers.rename("new", "old"))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageStartingWith("Error when allocating new name: Conflict.");
        assertThat(containers.inspect("new").record().id()).isEqualTo(made.id());
    }

    @Test
    void aRunningContainerKeepsTheUnitItWasStartedUnderUntilItEnds() throws Exception {
        ContainerRecord made = engine.create("old");
        containers.start("old");
        containers.rename("old", "new");
        assertThat(containers.inspect("new").record().unitName()).isEqualTo("old");
        assertThat(engine.folder.names().resolve("old")).isSymbolicLink();
        containers.stop("new", Optional.empty(), Optional.empty());
        containers.start("new");
        assertThat(containers.inspect("new").record().unitName()).isEqualTo("new");
        assertThat(Files.exists(engine.folder.names().resolve("old"))).isFalse();
        assertThat(Files.readSymbolicLink(engine.folder.names().resolve("new")))
                .isEqualTo(Path.of("../containers", made.id().value()));
    }

    @Test
    void waitsBeginWhenCalledAndEndWithTheExitCode() throws Exception {
        ContainerRecord made = engine.createAutoRemoved("once");
        assertThat(containers.waitFor("once", WaitCondition.NOT_RUNNING).await())
                .isZero();
        Containers.ExitWait exit = containers.waitFor("once", WaitCondition.NEXT_EXIT);
        Containers.ExitWait removed = containers.waitFor("once", WaitCondition.REMOVED);
        containers.start("once");
        Containers.ExitWait stopped = containers.waitFor("once", WaitCondition.NOT_RUNNING);
        engine.runtime.exit(made.id(), 7);
        assertThat(exit.await()).isEqualTo(7);
        assertThat(stopped.await()).isEqualTo(7);
        assertThat(removed.await()).isEqualTo(7);
        assertThat(containers.list()).isEmpty();
        assertThat(engine.happened()).containsExactly("create", "start", "die", "destroy");
    }

    @Test
    void whatSystemctlDoesIsSeen() throws Exception {
        ContainerRecord made = engine.create("nginx");
        Containers.ExitWait exit = containers.waitFor("nginx", WaitCondition.NEXT_EXIT);
        engine.runtime.start(made);
        engine.runtime.exit(made.id(), 3);
        assertThat(exit.await()).isEqualTo(3);
        assertThat(engine.happened()).containsExactly("create", "start", "die");
        assertThat(exited("nginx").exitCode()).isEqualTo(3);
    }

    @Test
    void aRestartOfAnAutoRemovedContainerKeepsIt() {
        engine.createAutoRemoved("once");
        containers.start("once");
        containers.restart("once", Optional.empty(), Optional.empty());
        assertThat(containers.inspect("once").state()).isInstanceOf(ContainerState.Running.class);
    }

    private ContainerState.Exited exited(String name) {
        ContainerState state = containers.inspect(name).state();
        assertThat(state).isInstanceOf(ContainerState.Exited.class);
        return (ContainerState.Exited) state;
    }
}
