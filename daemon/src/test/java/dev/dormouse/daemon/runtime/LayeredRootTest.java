package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayeredRootTest {
    @TempDir
    private Path folder;

    private Path upper;
    private Path lower;
    private LayeredRoot root;

    @BeforeEach
    void layers() throws IOException {
        upper = Files.createDirectories(folder.resolve("upper"));
        lower = Files.createDirectories(folder.resolve("lower"));
        Files.createDirectories(lower.resolve("etc"));
        Files.writeString(lower.resolve("etc/passwd"), "lower");
        root = new LayeredRoot(List.of(upper, lower));
    }

    @AfterEach
    void removeLinks() {
        // JUnit warns of links that lead out of the folder.
        Program.of("find", folder.toString(), "-type", "l", "-delete").runOrThrow();
    }

    @Test
    void theTopmostLayerWins() throws IOException {
        assertThat(root.read("/etc/passwd")).contains("lower");
        Files.createDirectories(upper.resolve("etc"));
        assertThat(root.read("/etc/passwd")).contains("lower");
        Files.writeString(upper.resolve("etc/passwd"), "upper");
        assertThat(root.read("/etc/passwd")).contains("upper");
    }

    @Test
    void whatALayerDeletedIsGone() throws IOException {
        Files.createDirectories(upper.resolve("etc"));
        Program.of("mknod", upper.resolve("etc/passwd").toString(), "c", "0", "0")
                .runOrThrow();
        assertThat(root.read("/etc/passwd")).isEmpty();
    }

    @Test
    void aFileHidesTheDirectoryBelowIt() throws IOException {
        Files.writeString(upper.resolve("etc"), "a file");
        assertThat(root.read("/etc/passwd")).isEmpty();
    }

    @Test
    void linksLeadWithinTheLayers() throws IOException {
        Files.createDirectories(upper.resolve("usr/share"));
        Files.createSymbolicLink(upper.resolve("usr/share/users"), Path.of("../../../../../etc/passwd"));
        assertThat(root.read("/usr/share/users")).contains("lower");
        Files.createSymbolicLink(upper.resolve("absolute"), Path.of("/etc"));
        assertThat(root.read("/absolute/passwd")).contains("lower");
    }

    @Test
    void noLinkLeadsToTheHost() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "of the host");
        Files.createSymbolicLink(upper.resolve("a"), outside);
        Files.createSymbolicLink(lower.resolve("b"), outside);
        Files.createDirectories(upper.resolve("b"));
        assertThat(root.read("/a/secret")).isEmpty();
        assertThat(root.read("/b/secret")).as("a link below a directory").isEmpty();
        Files.createSymbolicLink(upper.resolve("c"), outside.resolve("secret"));
        assertThat(root.read("/c")).isEmpty();
    }

    @Test
    void aCircleOfLinksIsAnError() throws IOException {
        Files.createSymbolicLink(upper.resolve("x"), Path.of("/y"));
        Files.createSymbolicLink(upper.resolve("y"), Path.of("/x"));
        assertThatThrownBy(() -> root.read("/x/passwd"))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining("too many symbolic links");
    }
}
