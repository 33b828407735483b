package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Restart policies hold without the engine, end when somebody wants it, and bring containers back at boot, dependencies first. */
@ExtendWith(LeavesNothing.class)
class RestartPolicyIT {
    private static final Path CONFIGURATION = Path.of("/etc/dormouse/daemon.json");

    private final List<String> made = new ArrayList<>();

    @BeforeEach
    void load() {
        BusyboxImage.load();
    }

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(CONFIGURATION);
        Shell.run("systemctl", "start", "dormouse.socket");
        made.forEach(name -> Shell.run("docker", "rm", "--force", name));
    }

    @Test
    void onFailureGivesUpAfterItsMaximum() {
        Instant begin = Instant.now();
        run("failing", "on-failure:2", "sh", "-c", "exit 3");
        Await.until("it has given up", () -> state("failing").equals("exited 3 2"));
        assertThat(Shell.run(
                                "docker",
                                "events",
                                "--since=" + begin.getEpochSecond(),
                                "--until=" + Instant.now().plusSeconds(1).getEpochSecond(),
                                "--filter=container=failing",
                                "--format={{.Action}}")
                        .lines())
                .containsExactly("create", "start", "die", "start", "die", "start", "die");
        assertThat(unit("failing").isActive()).isFalse();

        run("fine", "on-failure:2", "true");
        Await.until("it has ended", () -> state("fine").equals("exited 0 0"));
        Await.until(
                "systemd leaves it down",
                () -> List.of("inactive", "failed").contains(unit("fine").state()));
    }

    @Test
    void aHandlerlessSigtermFromInsideIsAFailureAsDockerSeesIt() {
        run("terminated", "on-failure:1", "sh", "-c", "exit 143");
        Await.until("it was restarted once", () -> state("terminated").equals("exited 143 1"));
    }

    @Test
    void alwaysRestartsEverMoreSlowlyThoughTheEngineIsKilled() {
        run("restless", "always", "echo", "up");
        Shell.run("kill", "-KILL", SystemUnit.ENGINE.property("MainPID"));
        Shell.run("systemctl", "stop", "dormouse.socket", "dormouse.service");
        Await.until(
                "it was restarted five times",
                () -> Integer.parseInt(unit("restless").property("NRestarts")) >= 5);
        assertThat(SystemUnit.ENGINE.isActive()).isFalse();
        Shell.run("systemctl", "start", "dormouse.socket");

        List<Instant> starts = Shell.run("docker", "logs", "--timestamps", "restless")
                .lines()
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .toList();
        assertThat(starts).hasSizeGreaterThanOrEqualTo(5);
        for (int restart = 1; restart < 5; restart++) {
            assertThat(Duration.between(starts.get(restart - 1), starts.get(restart)))
                    .as("before restart %d", restart)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(100L << (restart - 1)));
        }
        assertThat(restarts("restless")).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aStopDuringTheWaitIsImmediateAndFinal() {
        run("first", "always", "true");
        run("second", "always", "true");
        for (String name : List.of("first", "second")) {
            // The wait after the sixth is 6.4 s.
            Await.until("it waits for long", () -> state(name).startsWith("restarting") && restarts(name) >= 6);
            assertThat(Shell.run("docker", "ps", "--filter=name=" + name, "--format={{.Status}}"))
                    .startsWith("Restarting (0) ");
            assertThat(Shell.run("docker", "wait", name)).isEqualTo("0");
            long begin = System.nanoTime();
            if (name.equals("first")) {
                Shell.run("docker", "stop", name);
            } else {
                Shell.run("systemctl", "stop", unitName(name));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
            assertThat(state(name)).startsWith("exited 0 ");
            assertThat(unit(name).isActive()).isFalse();
        }
        Shell.run("docker", "start", "second");
        assertThat(restarts("second")).as("counted from a start by hand").isLessThan(3);
        Shell.run("docker", "rm", "--force", "second");
        made.remove("second");
    }

    @Test
    void aKillByTheEngineIsFinalOneFromOutsideIsNot() {
        run("killed", "always", "sleep", "1000");
        Shell.run("docker", "kill", "killed");
        Await.until("it has ended", () -> state("killed").equals("exited 137 0"));
        Await.until("systemd leaves it down", () -> !unit("killed").isActive());

        Shell.run("docker", "start", "killed");
        Shell.run("kill", "-KILL", Shell.run("docker", "inspect", "--format={{.State.Pid}}", "killed"));
        Await.until("it is back", () -> state("killed").equals("running 0 1"));
    }

    @Test
    void anUpdateHoldsFromTheNextEndOn() {
        run("updated", "no", "sleep", "1000");
        Shell.run("docker", "update", "--restart=on-failure:7", "updated");
        Shell.run("kill", "-KILL", Shell.run("docker", "inspect", "--format={{.State.Pid}}", "updated"));
        Await.until("it is back", () -> state("updated").equals("running 0 1"));
        Shell.run("docker", "update", "--restart=no", "updated");
        Shell.run("kill", "-KILL", Shell.run("docker", "inspect", "--format={{.State.Pid}}", "updated"));
        Await.until("it has ended", () -> state("updated").startsWith("exited 137"));
        Await.until("systemd leaves it down", () -> !unit("updated").isActive());
    }

    @Test
    void afterAPowerFailureDependenciesComeFirstAndWhatWasStoppedStaysDown() throws IOException {
        service("web", "always", "db:service_started:true,setup:service_completed_successfully:false", "sleep", "1000");
        service("setup", "on-failure", "db:service_started:true", "sleep", "1000");
        service("db", "unless-stopped", "", "sleep", "1000");
        service("stopped", "unless-stopped", "", "sleep", "1000");
        service("stopped-always", "always", "stopped-always:service_started:false", "sleep", "1000");
        service("unmanaged", "no", "", "sleep", "1000");
        Shell.run("systemctl", "stop", unitName("stopped"));
        Shell.run("docker", "stop", "--time=0", "stopped-always");

        PowerFailure.strike();
        Files.writeString(CONFIGURATION, "{\"no-autostart\": true}\n");
        PowerFailure.boot();
        assertThat(Shell.run("docker", "ps", "--format={{.Names}}")).isEmpty();
        assertThat(state("web")).startsWith("exited 255");

        Files.delete(CONFIGURATION);
        Shell.run("systemctl", "restart", "dormouse.service");
        Await.until(
                "they are back",
                () -> Shell.run("docker", "ps", "--format={{.Names}}")
                        .lines()
                        .toList()
                        .containsAll(List.of("web", "setup", "db", "stopped-always")));
        assertThat(Shell.run("docker", "ps", "--format={{.Names}}").lines()).doesNotContain("stopped", "unmanaged");
        assertThat(startedAt("setup")).isAfter(startedAt("db"));
        assertThat(startedAt("web"))
                .as("setup does not complete, which is waited for")
                .isAfter(startedAt("setup").plusSeconds(5));
        assertThat(Shell.run("journalctl", "--quiet", "--output=cat", "--unit=dormouse.service", "--grep=circle"))
                .contains("stopped-always -> stopped-always");

        Shell.run("docker", "stop", "--time=0", "stopped-always");
        Shell.run("systemctl", "restart", "dormouse.service");
        assertThat(state("stopped-always")).as("only a boot forgets the stop").startsWith("exited");
    }

    private void service(String name, String policy, String dependsOn, String... command) {
        List<String> words = new ArrayList<>(List.of("docker", "run", "--detach", "--network=none", "--name", name));
        words.addAll(List.of("--restart", policy, "--label=com.docker.compose.project=it"));
        words.addAll(List.of("--label=com.docker.compose.service=" + name));
        words.add("--label=com.docker.compose.depends_on=" + dependsOn);
        words.add("busybox");
        words.addAll(List.of(command));
        made.add(name);
        Shell.run(words.toArray(String[]::new));
    }

    private void run(String name, String policy, String... command) {
        List<String> words = new ArrayList<>(List.of("docker", "run", "--detach", "--network=none", "--name", name));
        words.addAll(List.of("--restart", policy, "busybox"));
        words.addAll(List.of(command));
        made.add(name);
        Shell.run(words.toArray(String[]::new));
    }

    /** Status, exit code and number of restarts. */
    private static String state(String name) {
        return Shell.inspect(name, "{{.State.Status}} {{.State.ExitCode}} {{.RestartCount}}");
    }

    private static int restarts(String name) {
        return Integer.parseInt(Shell.inspect(name, "{{.RestartCount}}"));
    }

    private static Instant startedAt(String name) {
        return Instant.parse(Shell.inspect(name, "{{.State.StartedAt}}"));
    }

    private static String unitName(String name) {
        return "dormouse-container@" + name + ".service";
    }

    private static SystemUnit unit(String name) {
        return new SystemUnit(unitName(name));
    }
}
