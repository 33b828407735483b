package dev.dormouse.daemon.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    private Path folder;

    @Test
    void replacesAFileAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("state.json");
        DurableFile.write(file, "old");
        DurableFile.write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void onlyRootReadsItUnlessAskedOtherwise() throws IOException {
        Path file = folder.resolve("state.json");
        DurableFile.write(file, "x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        DurableFile.write(file, "x".getBytes(StandardCharsets.UTF_8), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void whatCannotBeWrittenIsNamedAndNothingIsLeft() throws IOException {
        Path occupied = Files.createDirectories(folder.resolve("occupied/by"));
        assertThatThrownBy(() -> DurableFile.write(folder.resolve("occupied"), "x"))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining("cannot write " + folder.resolve("occupied"));
        assertThat(occupied).exists();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("occupied"));
        }
    }

    @Test
    void deletesWhatIsThere() {
        Path file = folder.resolve("gone");
        DurableFile.write(file, "x");
        DurableFile.delete(file);
        DurableFile.delete(file);
        assertThat(file).doesNotExist();
    }
}
