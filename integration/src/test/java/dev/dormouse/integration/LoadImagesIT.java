package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker load} puts archives into the real store, and containers of them see the layers as they should be. */
@ExtendWith(LeavesNothing.class)
class LoadImagesIT {
    @TempDir
    private Path folder;

    @Test
    void whatDockerSaveWritesRuns() {
        loadedImageRuns(ImageArchiveScript.saved(folder), "den/layered:saved");
    }

    @Test
    void aCompressedOciLayoutRuns() {
        loadedImageRuns(ImageArchiveScript.ociLayout(folder), "den/layered:oci");
    }

    @Test
    void bothFormsAreOneImageWithTwoNames() {
        Shell.docker("load", "--input", ImageArchiveScript.saved(folder).toString());
        Shell.docker("load", "--input", ImageArchiveScript.ociLayout(folder).toString());
        assertThat(Shell.docker("images", "--quiet", "--no-trunc", "den/layered")
                        .lines()
                        .distinct())
                .hasSize(1);
        Shell.docker("rmi", "den/layered:saved");
        assertThat(Shell.docker("run", "--rm", "den/layered:oci")).isEqualTo("added");
        Shell.docker("rmi", "den/layered:oci");
    }

    @Test
    void anArchiveThatWasCutShortLeavesNoImage() throws IOException {
        Path archive = ImageArchiveScript.saved(folder);
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            file.truncate(Files.size(archive) / 2);
        }
        Shell.Result result = Shell.attempt("docker", "load", "--input", archive.toString());
        assertThat(result.exit()).isNotZero();
        assertThat(Shell.attempt("docker", "image", "inspect", "den/layered:saved")
                        .exit())
                .isEqualTo(1);
    }

    private static void loadedImageRuns(Path archive, String name) {
        assertThat(Shell.docker("load", "--input", archive.toString())).isEqualTo("Loaded image: " + name);
        try {
            assertThat(Shell.docker(
                            "image", "inspect", "--format", "{{json .Config.Cmd}} {{len .RootFS.Layers}}", name))
                    .isEqualTo("[\"cat\",\"/added\"] 2");
            assertThat(Shell.docker("run", "--rm", name)).isEqualTo("added");
            assertThat(Shell.docker("run", "--rm", name, "ls", "/").lines())
                    .contains("kept", "added", "folder")
                    .doesNotContain("gone", ".wh.gone");
            // Its working directory is /folder.
            assertThat(Shell.docker("run", "--rm", name, "ls", "-A")).isEqualTo("new");
        } finally {
            Shell.docker("rmi", name);
        }
    }
}
