package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerUserTest {
    @TempDir
    private Path folder;

    private LayeredRoot root;

    @BeforeEach
    void users() throws IOException {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(
                folder.resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/sh\nbroken line\nnginx:x:101:102:nginx:/nonexistent:/bin/false\n");
        Files.writeString(folder.resolve("etc/group"), "root:x:0:\nnginx:x:102:\nlog:x:7:other,nginx\nweb:x:5:nginx\n");
        root = new LayeredRoot(List.of(folder));
    }

    @Test
    void emptyIsRoot() {
        assertThat(ContainerUser.of("", root)).isEqualTo(new ContainerUser(0, 0, List.of(), "/root"));
    }

    @Test
    void aNameBringsItsGroupsAndHome() {
        ContainerUser nginx = new ContainerUser(101, 102, List.of(5, 7), "/nonexistent");
        assertThat(ContainerUser.of("nginx", root)).isEqualTo(nginx);
        assertThat(ContainerUser.of("101", root)).isEqualTo(nginx);
    }

    @Test
    void aGroupThatIsAskedForIsTheOnlyOne() {
        assertThat(ContainerUser.of("nginx:log", root)).isEqualTo(new ContainerUser(101, 7, List.of(), "/nonexistent"));
        assertThat(ContainerUser.of("0:3000", root)).isEqualTo(new ContainerUser(0, 3000, List.of(), "/root"));
    }

    @Test
    void aNumberNeedNotBeKnown() {
        assertThat(ContainerUser.of("4711", root)).isEqualTo(new ContainerUser(4711, 0, List.of(), "/"));
        assertThat(ContainerUser.of("4711", new LayeredRoot(List.of(folder.resolve("etc")))))
                .isEqualTo(new ContainerUser(4711, 0, List.of(), "/"));
    }

    @Test
    void aNameMustBeKnown() {
        assertThatThrownBy(() -> ContainerUser.of("nobody", root))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessage("unable to find user nobody: no matching entries in passwd file");
        assertThatThrownBy(() -> ContainerUser.of("nginx:nogroup", root))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessage("unable to find group nogroup: no matching entries in group file");
        assertThatThrownBy(() -> ContainerUser.of("9999999999", root))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("range 0-2147483647");
    }
}
