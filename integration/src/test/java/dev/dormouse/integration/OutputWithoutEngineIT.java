package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container that writes as fast as it can while no engine is there is not stalled: with dockerd's live-restore it would be after the 64 KiB
 * of a FIFO. What it writes is what a service that writes a thousand lines of 64 bytes a second writes in ten minutes and more, a thousand
 * times any buffer on the way (pipe(7): 64 KiB; conmon's own: 8 KiB).
 */
@ExtendWith(LeavesNothing.class)
class OutputWithoutEngineIT {
    private static final int LINES = 700_000;

    @Test
    void itIsNeverStalledAndAllOfItIsThere(@TempDir Path folder) throws Exception {
        BusyboxImage.load();
        Path lines = folder.resolve("lines");
        Shell.run("sh", "-c", "seq -f '%015.0f of what a container says when nobody listens.' " + LINES + " >" + lines);
        Shell.run(
                "docker",
                "run",
                "--detach",
                "--name",
                "says",
                "--volume",
                folder + ":/in",
                "busybox",
                "sh",
                "-c",
                "while [ ! -e /in/go ]; do sleep 0.05; done; cat /in/lines");
        Shell.run("kill", "-KILL", SystemUnit.ENGINE.property("MainPID"));
        SystemUnit.ENGINE.stop();
        Shell.attempt("systemctl", "reset-failed", SystemUnit.ENGINE.name());
        Path log = Path.of("/var/lib/dormouse/names/says/container.log").toRealPath();

        Files.createFile(folder.resolve("go"));
        SystemUnit.container("says").awaitInactiveOrFailed();

        assertThat(Files.size(log)).isGreaterThan(Files.size(lines));
        assertThat(Files.size(lines)).as("bytes").isGreaterThan(600_000 * 64L);
        assertThat(SystemUnit.ENGINE.isInactive()).as("no engine was there").isTrue();
        assertThat(Shell.inspect("says", "{{.State.Status}} {{.State.ExitCode}}"))
                .isEqualTo("exited 0");
        Shell.run("sh", "-c", "docker logs says | cmp - " + lines);
        Shell.run("docker", "rm", "says");
    }
}
