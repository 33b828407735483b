package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExecProcessTest {
    private static final String OWN = """
            {"process": {"env": ["PATH=/bin", "A=1", "HOME=/root"], "cwd": "/srv", "noNewPrivileges": true,
             "capabilities": {"bounding": ["CAP_KILL"]}}}""";

    @TempDir
    private Path folder;

    private final ContainerRecord container = ContainerRecords.of("web", "nginx");
    private RuntimePaths paths = RuntimePaths.installedAt(Path.of("/usr"));

    @BeforeEach
    void write() throws IOException {
        paths = new RuntimePaths(folder.resolve("lib"), folder.resolve("run"), Path.of("/usr/lib/dormouse"));
        Files.createDirectories(paths.bundle(container.id()).resolveSibling("."));
        Files.writeString(paths.bundle(container.id()), OWN);
        Path etc = Files.createDirectories(paths.merged(container.id()).resolve("etc"));
        Files.writeString(etc.resolve("passwd"), "root:x:0:0::/root:/bin/sh\nweb:x:101:102::/home/web:/bin/sh\n");
        Files.writeString(etc.resolve("group"), "data:x:7:web\n");
    }

    @Test
    void isTheContainersOwnProcessButForWhatIsAskedFor() {
        JsonNode process = json(config(List.of(), "", "", false, false));
        assertThat(texts(process.path("args"))).containsExactly("ls", "-l");
        assertThat(texts(process.path("env"))).containsExactly("PATH=/bin", "A=1", "HOME=/root");
        assertThat(process.path("cwd").stringValue()).isEqualTo("/srv");
        assertThat(process.path("noNewPrivileges").booleanValue()).isTrue();
        assertThat(texts(process.path("capabilities").path("effective"))).containsExactly("CAP_KILL");
        assertThat(process.has("consoleSize")).isFalse();
    }

    @Test
    void userVariablesFolderAndTerminal() {
        JsonNode process = json(config(List.of("B=2", "A"), "web", "/tmp", false, true));
        assertThat(texts(process.path("env"))).containsExactly("PATH=/bin", "TERM=xterm", "B=2", "HOME=/home/web");
        assertThat(process.path("user").path("uid").intValue()).isEqualTo(101);
        assertThat(process.path("user").path("additionalGids").get(0).intValue())
                .isEqualTo(7);
        assertThat(process.path("cwd").stringValue()).isEqualTo("/tmp");
        assertThat(texts(process.path("capabilities").path("effective")))
                .as("a user other than root has none")
                .isEmpty();
        assertThat(process.path("consoleSize").path("height").intValue()).isEqualTo(24);
    }

    @Test
    void privilegedHasAllAndAnUnknownUserIsRefused() {
        assertThat(json(config(List.of(), "", "", true, false))
                        .path("capabilities")
                        .path("effective")
                        .size())
                .isGreaterThan(1);
        assertThatThrownBy(() ->
                        new ExecProcess(paths).requireUser(container, config(List.of(), "ghost", "", false, false)))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("unable to find user ghost");
    }

    private JsonNode json(ExecConfig config) {
        return JsonMapper.shared()
                .readTree(new ExecProcess(paths).json(container, config, Optional.of(new TerminalSize(24, 80))));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    private static ExecConfig config(
            List<String> environment, String user, String folder, boolean privileged, boolean terminal) {
        return new ExecConfig(
                List.of("ls", "-l"),
                environment,
                user,
                folder,
                privileged,
                terminal,
                ExecConfig.Attached.NONE,
                new byte[0],
                Optional.empty());
    }
}
