package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.network.Attachments;
import dev.dormouse.daemon.process.Program;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerTest {
    @TempDir
    private Path folder;

    private RuntimePaths paths;
    private Compiler compiler;

    @BeforeEach
    void wire() {
        paths = new RuntimePaths(folder.resolve("state"), folder.resolve("run"), folder.resolve("scripts"));
        compiler = new Compiler(paths, new OneLayer(folder), new Texts(), new DirectSupervisor(paths));
    }

    @Test
    void theScriptsAndTheActivatorFindWhatTheyNeed() throws IOException {
        ContainerRecord container = web("web");
        compiler.compile(container);
        Path own = paths.container(container.id());
        assertThat(own.resolve("hosts")).hasContent("hosts");
        assertThat(own.resolve("hostname")).hasContent(container.id().abbreviated());
        assertThat(own.resolve("resolv.conf")).hasContent("resolv");
        assertThat(own.resolve("netavark.json")).hasContent("{}");
        assertThat(own.resolve("bundle/config.json")).content().startsWith("{\"ociVersion\"");
        assertThat(Files.readSymbolicLink(own.resolve("layers/0"))).isEqualTo(folder.resolve("layer"));
        assertThat(paths.wake("web"))
                .hasContent("{\"schema\":1,\"name\":\"web\",\"container\":\"" + container.id()
                        + "\",\"address\":\"172.17.0.2\",\"ports\":[80,443],\"udpPorts\":[53],\"runtimeFolder\":\""
                        + paths.runFolder(container.id()) + "\",\"healthcheck\":false}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.wake("web"))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void theEnvironmentIsReadByTheShell() {
        ContainerRecord container = web("web");
        compiler.compile(container);
        String seen = Program.of(
                        "sh",
                        "-euc",
                        ". \"$0\"; echo \"$ID $NETWORK $LAYERS $CGROUP $STOP_SIGNAL $STOP_TIMEOUT\"",
                        paths.unitEnvironment(container.id()).toString())
                .runOrThrow()
                .text();
        assertThat(seen.strip()).isEqualTo(container.id() + " bridge layers/0 /dormouse/" + container.id() + " QUIT 3");
    }

    @Test
    void compilingAgainWritesNothing() throws IOException {
        ContainerRecord container = web("web");
        compiler.compile(container);
        Path bundle = paths.bundle(container.id());
        FileTime old = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(bundle, old);
        compiler.compile(container);
        assertThat(Files.getLastModifiedTime(bundle)).isEqualTo(old);
    }

    @Test
    void aNewNameMovesTheWakeFile() {
        ContainerRecord container = web("web");
        compiler.compile(container);
        compiler.compile(container.withNames("other", "other"));
        assertThat(paths.wake("web")).doesNotExist();
        assertThat(paths.wake("other")).exists();
    }

    @Test
    void theOldNamesWakeFileStaysWithItsNewOwner() {
        ContainerRecord first = web("web");
        compiler.compile(first);
        ContainerRecord second = web("web");
        compiler.compile(second);
        compiler.compile(first.withNames("other", "other"));
        assertThat(paths.wake("web")).content().contains(second.id().value());
        compiler.uncompile(first.withNames("other", "other"));
        assertThat(paths.wake("other")).doesNotExist();
        assertThat(paths.unitEnvironment(first.id())).doesNotExist();
    }

    @Test
    void aStopSignalThatIsNoneIsRefused() {
        ContainerConfig config = new ContainerConfig(
                "",
                "",
                List.of(),
                Optional.empty(),
                Optional.of(List.of("id")),
                "",
                Map.of(),
                Set.of(),
                Optional.of("SIGN"),
                Optional.empty(),
                Optional.empty(),
                "x");
        ContainerRecord container = ContainerRecords.with("web", config, ContainerRecords.host(NetworkMode.NONE));
        assertThatThrownBy(() -> compiler.compile(container))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageStartingWith("invalid signal: SIGN");
        assertThat(Signals.forShell("sigquit")).isEqualTo("QUIT");
        assertThat(Signals.forShell("9")).isEqualTo("KILL");
        assertThat(Signals.forShell("SIGRTMIN+3")).isEqualTo("37");
    }

    private static ContainerRecord web(String name) {
        ContainerConfig config = new ContainerConfig(
                "",
                "",
                List.of(),
                Optional.empty(),
                Optional.of(List.of("serve")),
                "",
                Map.of(),
                Set.of(
                        new Port(443, Port.Protocol.TCP),
                        new Port(80, Port.Protocol.TCP),
                        new Port(53, Port.Protocol.UDP)),
                Optional.of("SIGQUIT"),
                Optional.of(3),
                Optional.empty(),
                "web");
        ContainerRecord plain = ContainerRecords.with(name, config, ContainerRecords.host(NetworkMode.BRIDGE));
        return new ContainerRecord(
                plain.schema(),
                plain.id(),
                name,
                name,
                plain.created(),
                plain.image(),
                config,
                plain.hostConfig(),
                List.of(Attachments.onBridge("172.17.0.2")));
    }

    private record OneLayer(Path folder) implements ImageContents {
        @Override
        public List<Path> layerDirectories(ImageId id) {
            return List.of(folder.resolve("layer"));
        }

        @Override
        public Set<String> volumes(ImageId id) {
            return Set.of();
        }
    }

    private record Texts() implements NetworkFiles {
        @Override
        public String hosts(ContainerRecord container) {
            return "hosts";
        }

        @Override
        public String resolvConf(ContainerRecord container) {
            return "resolv";
        }

        @Override
        public Optional<String> netavarkOptions(ContainerRecord container) {
            return Optional.of("{}");
        }
    }
}
