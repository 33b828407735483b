package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A new daemon.json is taken whole or not at all, whoever asks, and systemd knows what came of it. */
@ExtendWith(LeavesNothing.class)
class ReloadIT {
    private static final String CURL = "curl --silent --max-time 20 --unix-socket /run/dormouse/docker.sock";

    @Test
    void systemctlReloadTakesEveryKeyAndReturnsWhenItHas() throws Exception {
        BusyboxImage.load();
        try (EngineSettings settings = new EngineSettings()) {
            EngineSettings.startEngine();
            String pid = SystemUnit.ENGINE.property("MainPID");
            settings.write("""
                    {
                      "debug": true,
                      "labels": ["zone=attic"],
                      "default-stop-timeout": 3,
                      "default-shm-size": "1m"
                    }
                    """);
            Shell.run("systemctl", "reload", "dormouse.service");

            assertThat(Shell.run("docker", "info", "--format", "{{.Labels}} {{.Debug}}"))
                    .isEqualTo("[zone=attic] true");
            assertThat(Shell.run("docker", "run", "--rm", "busybox", "cat", "/proc/mounts")
                            .lines())
                    .anyMatch(line -> line.contains(" /dev/shm ") && line.contains("size=1024k"));
            Shell.run("docker", "create", "--name", "patient", "busybox", "sleep", "9");
            assertThat(Shell.inspect("patient", "{{.Config.StopTimeout}}")).isEqualTo("3");
            Shell.run("docker", "rm", "patient");
            assertThat(SystemUnit.ENGINE.property("MainPID")).isEqualTo(pid);
            Await.until(
                    "a request that only reads is logged", () -> sinceStart().contains("/info status=200"));
            assertThat(sinceStart())
                    .contains("configuration reloaded changed=[debug, labels, default-stop-timeout, default-shm-size]")
                    .doesNotContain("attic");
        }
    }

    @Test
    void aBadFileChangesNothingAndEverybodySaysWhy() throws Exception {
        try (EngineSettings settings = new EngineSettings()) {
            settings.write("{\"labels\": [\"zone=attic\"]}");
            EngineSettings.startEngine();
            settings.write("{\"labels\": [\"zone=cellar\"],\n\"debug\": \"very\"}");
            String why = settings.file() + ": line 2: debug: must be true or false";

            assertThat(EngineSettings.reload().exit()).isNotZero();
            assertThat(Shell.run("docker", "info", "--format", "{{.Labels}}")).isEqualTo("[zone=attic]");
            assertThat(SystemUnit.ENGINE.state()).isEqualTo("active");
            Await.until(
                    "systemctl status says why",
                    () -> Shell.attempt("systemctl", "status", "dormouse.service")
                            .output()
                            .contains("last reload failed: " + why));
            assertThat(sinceStart()).contains("dormouse-reload: nothing has changed: " + why);
            assertThat(Shell.run("sh", "-c", CURL + " --write-out '%{http_code}' -X POST http://d/dormouse/reload"))
                    .endsWith("400")
                    .contains(why);

            settings.write("{}");
            assertThat(EngineSettings.reload().exit()).isZero();
            Await.until(
                    "the status has forgotten it",
                    () -> !SystemUnit.ENGINE.property("StatusText").contains("reload"));
        }
    }

    @Test
    void aHangUpReloadsAndSystemdSeesIt() throws Exception {
        try (EngineSettings settings = new EngineSettings()) {
            EngineSettings.startEngine();
            settings.write("{\"labels\": [\"zone=attic\"]}");
            Shell.run("systemctl", "kill", "--signal=HUP", "dormouse.service");
            Await.until(
                    "the labels are there",
                    () -> Shell.run("docker", "info", "--format", "{{.Labels}}").equals("[zone=attic]"));
            settings.write("{\"labels\": 7}");
            Shell.run("systemctl", "kill", "--signal=HUP", "dormouse.service");
            Await.until(
                    "the status says why",
                    () -> SystemUnit.ENGINE
                            .property("StatusText")
                            .contains("line 1: labels: must be a list of strings"));
            assertThat(SystemUnit.ENGINE.state()).isEqualTo("active");
            assertThat(Shell.run("docker", "info", "--format", "{{.Labels}}")).isEqualTo("[zone=attic]");
        }
    }

    @Test
    void whatNeedsARestartIsNamedAndDoesNotKeepTheRestBack() throws Exception {
        try (EngineSettings settings = new EngineSettings()) {
            EngineSettings.startEngine();
            settings.write("{\"group\": \"adm\", \"labels\": [\"zone=attic\"]}");
            assertThat(Shell.run("sh", "-c", CURL + " -X POST http://d/dormouse/reload"))
                    .isEqualTo("{\"changed\":[\"labels\"],\"needRestart\":[\"group\"]}");
            Await.until(
                    "the status names it",
                    () -> SystemUnit.ENGINE.property("StatusText").endsWith("needs a restart to take effect: group"));
        }
    }

    @Test
    void validateSaysAllThatIsWrong(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("daemon.json"), "{\"debug\": 1,\n\"live\": 2}");
        Shell.Result bad = Shell.attempt("dormoused", "--config-file", file.toString(), "--validate");
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.output().lines()).hasSize(2).allMatch(line -> line.startsWith("dormoused: " + file + ": line "));
        Files.writeString(file, "{\"debug\": true}");
        assertThat(Shell.run("dormoused", "--config-file", file.toString(), "--validate"))
                .isEqualTo("configuration OK");
    }

    /** What this engine and its reloads said. */
    private static String sinceStart() {
        return Shell.run(
                "journalctl",
                "--no-pager",
                "--output=cat",
                "_SYSTEMD_INVOCATION_ID=" + SystemUnit.ENGINE.property("InvocationID"));
    }
}
