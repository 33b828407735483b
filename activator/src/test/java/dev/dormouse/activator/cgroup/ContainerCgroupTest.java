package dev.dormouse.activator.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerCgroupTest {
    @TempDir
    private Path folder;

    private ContainerCgroup cgroup = new ContainerCgroup(Path.of("/"));

    @BeforeEach
    void make() throws IOException {
        cgroup = new ContainerCgroup(folder.resolve("cgroup"));
        Files.writeString(cgroup.pointer(), folder + "\n");
        Files.writeString(folder.resolve("cgroup.freeze"), "0");
        Files.writeString(folder.resolve("cpu.stat"), "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\n");
    }

    @Test
    void isFrozenAndThawedByItsFile() throws IOException {
        cgroup.freeze();
        assertThat(folder.resolve("cgroup.freeze")).hasContent("1");
        cgroup.thaw();
        assertThat(folder.resolve("cgroup.freeze")).hasContent("0");
    }

    @Test
    void itsProcessorTimeIsTheKernels() throws IOException {
        assertThat(cgroup.processorTime()).isEqualTo(Duration.ofNanos(1_500_000));
    }

    @Test
    void whatDoesNotRunIsThawedAndCannotBeFrozen() throws IOException {
        Files.delete(cgroup.pointer());

        cgroup.thaw();
        assertThatThrownBy(() -> cgroup.freeze())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has ended");
        assertThatThrownBy(() -> cgroup.processorTime()).isInstanceOf(IOException.class);
    }

    @Test
    void aPointerThatIsNoPathIsRefused() throws IOException {
        Files.writeString(cgroup.pointer(), "elsewhere\n");

        assertThatThrownBy(() -> cgroup.freeze()).hasMessageContaining("absolute path");
    }
}
