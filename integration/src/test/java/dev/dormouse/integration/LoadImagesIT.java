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
        docker("load", "--input", ImageArchiveScript.saved(folder).toString());
        docker("load", "--input", ImageArchiveScript.ociLayout(folder).toString());
        assertThat(docker("images", "--quiet", "--no-trunc", "den/layered")
                        .lines()
                        .distinct())
                .hasSize(1);
        docker("rmi", "den/layered:saved");
        assertThat(docker("run", "--rm", "den/layered:oci")).isEqualTo("added");
        docker("rmi", "den/layered:oci");
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
        assertThat(docker("load", "--input", archive.toString())).isEqualTo("Loaded image: " + name);
        try {
            assertThat(docker("image", "inspect", "--format", "{{json .Config.Cmd}} {{len .RootFS.Layers}}", name))
                    .isEqualTo("[\"cat\",\"/added\"] 2");
            assertThat(docker("run", "--rm", name)).isEqualTo("added");
            assertThat(docker("run", "--rm", name, "ls", "/").lines())
                    .contains("kept", "added", "folder")
                    .doesNotContain("gone", ".wh.gone");
            // Its working directory is /folder.
            assertThat(docker("run", "--rm", name, "ls", "-A")).isEqualTo("new");
        } finally {
            docker("rmi", name);
        }
    }

    private static String docker(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Shell.run(command);
    }
}
