package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFoldersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void whatIsMissingIsMadeAndWhatIsTooOpenIsClosed() throws IOException {
        Path state = folder.resolve("lib");
        Path run = folder.resolve("run");
        Path open = Files.createDirectories(state.resolve("containers"));
        Path kept = Files.writeString(open.resolve("kept"), "kept");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        new StateFolders(new RuntimePaths(state, run, folder)).prepare();

        assertThat(mode(state)).isEqualTo("rwx--x--x");
        for (String name : List.of("containers", "names", "images", "networks", "storage")) {
            assertThat(mode(state.resolve(name))).as(name).isEqualTo("rwx------");
        }
        assertThat(mode(state.resolve("wake"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(run.resolve("crun"))).isEqualTo("rwx------");
        assertThat(kept).hasContent("kept");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
