package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Docker's own command line drives every verb of the engine, on real containers. */
@ExtendWith(LeavesNothing.class)
class DockerCommandsIT {
    @BeforeEach
    void image() {
        BusyboxImage.load();
    }

    @Test
    void versionAndInfoTellWhatRuns() {
        assertThat(Shell.docker("version", "--format", "{{.Server.Version}} {{.Server.Os}}"))
                .endsWith(" linux");
        assertThat(Shell.docker("info", "--format", "{{.ContainersRunning}} {{.Driver}}"))
                .isEqualTo("0 overlay");
    }

    @Test
    void aContainerGoesThroughItsWholeLife() {
        Shell.docker("create", "--name", "life", "busybox", "sleep", "1000");
        assertThat(state("life")).isEqualTo("created 0");
        Shell.docker("start", "life");
        assertThat(Shell.docker("ps", "--format", "{{.Names}} {{.Image}}")).isEqualTo("life busybox");
        assertThat(Shell.docker("ps", "--format", "{{.Status}}")).startsWith("Up ");
        Shell.docker("rename", "life", "second");
        assertThat(Shell.docker("ps", "--quiet", "--filter", "name=^/second$")).isNotEmpty();
        Shell.docker("kill", "second");
        assertThat(Shell.docker("wait", "second")).isEqualTo("137");
        assertThat(state("second")).isEqualTo("exited 137");
        Shell.docker("start", "second");
        Shell.docker("stop", "--time", "1", "second");
        assertThat(state("second")).isEqualTo("exited 137");
        Shell.docker("rm", "second");
        assertThat(Shell.docker("ps", "--all", "--quiet")).isEmpty();
    }

    @Test
    void exitCodesAndOutputComeThroughRunAndStartAttached() {
        Shell.Result run =
                Shell.attempt("docker", "run", "--name", "said", "busybox", "sh", "-c", "echo hello; exit 7");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.output()).isEqualTo("hello");
        assertThat(state("said")).isEqualTo("exited 7");
        Shell.Result again = Shell.attempt("docker", "start", "--attach", "said");
        assertThat(again.exit()).isEqualTo(7);
        assertThat(again.output()).isEqualTo("hello");
        assertThat(Shell.docker("logs", "said").lines()).containsExactly("hello", "hello");
        assertThat(Shell.docker("logs", "--tail", "1", "--timestamps", "said")).matches("\\d{4}-.*Z hello");
        Shell.docker("rm", "said");
        assertThat(Shell.attempt("docker", "run", "--rm", "busybox", "cat", "/nowhere")
                        .exit())
                .isEqualTo(1);
        assertThat(Shell.docker("ps", "--all", "--quiet")).isEmpty();
    }

    @Test
    void logsAreFollowedUntilTheContainerEnds() throws Exception {
        Shell.docker(
                "create",
                "--name",
                "talker",
                "busybox",
                "sh",
                "-c",
                "for i in 1 2 3 4 5; do echo line $i; sleep 0.1; done");
        Shell.docker("start", "talker");
        assertThat(Shell.docker("logs", "--follow", "talker").lines())
                .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
        Shell.docker("rm", "talker");
    }

    @Test
    void aWaitingClientLearnsOfAnEndThatSystemctlCaused() throws Exception {
        Shell.docker("run", "--detach", "--name", "ended", "--stop-timeout", "0", "busybox", "sleep", "1000");
        CompletableFuture<String> waited = CompletableFuture.supplyAsync(() -> Shell.docker("wait", "ended"));
        SystemUnit.container("ended").stop();
        assertThat(waited.get()).isEqualTo("137");
        Shell.docker("rm", "ended");
    }

    @Test
    void aProgramThatIsNotThereIsSaidClearly() {
        Shell.Result result = Shell.attempt("docker", "run", "--name", "absent", "busybox", "/no/such/program");
        assertThat(result.exit()).isEqualTo(127);
        assertThat(result.output()).contains("/no/such/program");
        Shell.docker("rm", "absent");
    }

    @Test
    void networksHostAndNone() {
        assertThat(Shell.docker("run", "--rm", "--network", "none", "busybox", "ip", "-o", "addr")
                        .lines())
                .noneMatch(line -> line.contains("eth0"));
        assertThat(Shell.docker("run", "--rm", "--network", "host", "busybox", "ip", "-o", "link"))
                .isNotEmpty();
        assertThat(Shell.docker("run", "--rm", "busybox", "ip", "-o", "addr")).contains("eth0");
        assertThat(Shell.docker("run", "--rm", "--hostname", "den", "busybox", "hostname"))
                .isEqualTo("den");
    }

    @Test
    void aPublishedPortIsReachedFromTheHost() throws Exception {
        Shell.docker(
                "run",
                "--detach",
                "--name",
                "web",
                "--publish",
                "127.0.0.1:8020:80",
                "busybox",
                "sh",
                "-c",
                "echo published >/tmp/index.html; exec httpd -f -p 80 -h /tmp");
        assertThat(Shell.docker("port", "web")).isEqualTo("80/tcp -> 127.0.0.1:8020");
        Shell.run("waitport", "--http", "/", "127.0.0.1", "8020");
        assertThat(new HttpGet("127.0.0.1", 8020).send().body()).startsWith("published");
        Shell.docker("rm", "--force", "web");
    }

    @Test
    void imagesAreTaggedListedAndRemoved(@TempDir Path folder) {
        Shell.docker("tag", "busybox", "den/busybox:v2");
        assertThat(Shell.docker("images", "--format", "{{.Repository}}:{{.Tag}}")
                        .lines())
                .contains("busybox:latest", "den/busybox:v2");
        Shell.docker("rmi", "den/busybox:v2");
        assertThat(Shell.docker("images", "--format", "{{.Repository}}:{{.Tag}}")
                        .lines())
                .contains("busybox:latest")
                .doesNotContain("den/busybox:v2");
        Shell.docker("create", "--name", "user", "busybox", "true");
        assertThat(Shell.attempt("docker", "rmi", "busybox").output()).contains("conflict");
        Shell.docker("rm", "user");
        Shell.run("docker", "import", BusyboxImage.tar(folder).toString(), "once:latest");
        Shell.docker("rmi", "once:latest");
        assertThat(Shell.attempt("docker", "image", "inspect", "once").output()).contains("No such image");
    }

    @Test
    void eventsTellALife() {
        String since = Shell.run("date", "+%s.%N");
        Shell.docker("run", "--rm", "--name", "told", "busybox", "true");
        assertThat(Shell.docker(
                                "events",
                                "--since",
                                since,
                                "--until",
                                Shell.run("date", "+%s.%N"),
                                "--filter",
                                "container=told",
                                "--format",
                                "{{.Action}}")
                        .lines())
                .contains("create", "start", "die", "destroy");
    }

    private static String state(String name) {
        return Shell.docker("inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", name);
    }
}
