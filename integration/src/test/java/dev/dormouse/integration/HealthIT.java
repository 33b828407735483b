package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health checks as dockerd's, with and without an engine, and wakes that wait for what only root can see. */
@ExtendWith(LeavesNothing.class)
class HealthIT {
    private static final SystemUnit PROBER = new SystemUnit("dormouse-prober.service");
    private static final String CHECK = "echo looking; test -e /state/go";
    private static final int PORT = 8017;

    private final Instant begin = Instant.now();

    @TempDir
    private Path state;

    @BeforeEach
    void load() throws IOException {
        BusyboxImage.load();
        Files.writeString(state.resolve("index.html"), "here");
        Shell.run("chmod", "755", state.toString());
    }

    @AfterEach
    void remove() {
        Shell.attempt("dormouse", "disable", "checked");
        Shell.run("docker", "rm", "--force", "checked");
        PROBER.awaitInactive();
    }

    @Test
    void itsHealthIsToldInDockersWords() {
        create(
                "--health-cmd",
                CHECK,
                "--health-interval",
                "200ms",
                "--health-retries",
                "2",
                "--health-start-period",
                "60s");
        assertThat(inspect("{{json .State.Health}}")).as("never started").isEqualTo("null");
        Shell.run("docker", "start", "checked");
        assertThat(status()).contains("(health: starting)");
        assertThat(psOfHealth("starting")).isEqualTo("checked");

        go();
        awaitHealth("healthy");
        assertThat(status()).contains("(healthy)");
        assertThat(inspect("{{.State.Health.FailingStreak}} {{(index .State.Health.Log 0).Output}}"))
                .isEqualTo("0 looking");

        stay();
        awaitHealth("unhealthy");
        assertThat(status()).contains("(unhealthy)");
        assertThat(psOfHealth("unhealthy")).isEqualTo("checked");
        assertThat(psOfHealth("none")).isEmpty();
        Await.until(
                "five results are kept",
                () -> inspect("{{len .State.Health.Log}}").equals("5"));

        go();
        awaitHealth("healthy");
        Shell.run("docker", "stop", "--time", "0", "checked");
        assertThat(inspect("{{.State.Health.Status}}")).as("as dockerd has it").isEqualTo("unhealthy");
        assertThat(events().stream().map(event -> event.split(" ", -1)[1]))
                .containsExactly("healthy", "unhealthy", "healthy");
        PROBER.awaitInactive();
    }

    @Test
    void checksGoOnWhileTheEngineIsAwayAndTheirEventIsToldOnceWithItsTime() {
        go();
        create("--health-cmd", CHECK, "--health-interval", "200ms", "--health-retries", "1");
        Shell.run("docker", "start", "checked");
        awaitHealth("healthy");
        String folder = "/run/dormouse/containers/" + inspect("{{.Id}}");
        Await.until("the change is told", () -> events().size() == 1);

        Shell.run("systemctl", "kill", "--signal=KILL", SystemUnit.ENGINE.name());
        SystemUnit.ENGINE.stop();
        stay();
        Await.until(
                "its health changes with no engine",
                () -> read(folder + "/health").equals("unhealthy"));
        assertThat(SystemUnit.ENGINE.isActive()).isFalse();
        Instant back = Instant.now();

        assertThat(inspect("{{.State.Health.Status}}")).isEqualTo("unhealthy");
        Await.until("the change is told", () -> !unhealthy().isEmpty());
        List<String> told = unhealthy();
        assertThat(told).as("once").hasSize(1);
        Instant time = Instant.ofEpochSecond(0, Long.parseLong(told.getFirst().split(" ", -1)[2]));
        assertThat(time).isBetween(begin, back);
    }

    @Test
    void aLabelHasAnUnhealthyContainerRestarted() {
        create(
                "--health-cmd",
                "false",
                "--health-interval",
                "200ms",
                "--health-retries",
                "1",
                "--label",
                "dormouse.unhealthy=restart",
                "--stop-signal",
                "KILL");
        Shell.run("docker", "start", "checked");
        String first = inspect("{{.State.StartedAt}}");

        Await.until(
                "it runs anew",
                () -> inspect("{{.State.Running}}").equals("true")
                        && !inspect("{{.State.StartedAt}}").equals(first));
    }

    @Test
    void aLabelHasAnUnhealthyContainerStopped() {
        create(
                "--health-cmd",
                "false",
                "--health-interval",
                "200ms",
                "--health-retries",
                "1",
                "--label",
                "dormouse.unhealthy=stop",
                "--stop-signal",
                "KILL");
        Shell.run("docker", "start", "checked");

        Await.until("it is stopped", () -> inspect("{{.State.Status}}").equals("exited"));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        Shell.Result label = Shell.attempt("docker", "create", "--label", "dormouse.unhealthy=reboot", "busybox");
        assertThat(label.exit()).isNotZero();
        assertThat(label.output()).contains("dormouse.unhealthy must be nothing, restart or stop, not 'reboot'");
        create();
        Shell.Result health =
                Shell.attempt("dormouse", "enable", "checked", "--listen", "8017", "--port", "80", "--ready", "health");
        assertThat(health.exit()).isNotZero();
        assertThat(health.output()).contains("has no health check");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"auto", "health", "command:test -e /state/go", "command:[\"cat\",\"/state/go\"]", "log:is up$"})
    void aClientIsHeldUntilTheProberSaysSo(String ready) throws Exception {
        List<String> check = ready.equals("auto") || ready.equals("health")
                ? List.of("--health-cmd", "test -e /state/go", "--health-interval", "1h")
                : List.of();
        create(check.toArray(String[]::new));
        Shell.run(
                "dormouse", "enable", "checked", "--listen", Integer.toString(PORT), "--port", "80", "--ready", ready);
        CompletableFuture<Integer> client = CompletableFuture.supplyAsync(HealthIT::get);
        Await.until(
                "it listens",
                () -> Shell.attempt("docker", "logs", "checked").output().contains("listening"));
        Await.until(
                "the activator holds it",
                () -> Shell.run("dormouse", "status", "checked").contains("waking"));
        assertThat(client).isNotDone();

        go();

        assertThat(client.get()).isEqualTo(200);
        assertThat(get()).isEqualTo(200);
    }

    private void create(String... options) {
        List<String> command =
                new ArrayList<>(List.of("docker", "create", "--name", "checked", "--volume", state + ":/state"));
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        "busybox",
                        "sh",
                        "-c",
                        "httpd -p 80 -h /state; echo listening; until test -e /state/go; do sleep 0.05; done; echo it is up; exec sleep 1000"));
        Shell.run(command.toArray(String[]::new));
    }

    private void go() {
        try {
            Files.writeString(state.resolve("go"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stay() {
        Shell.run("rm", state.resolve("go").toString());
    }

    private static int get() {
        try {
            return new HttpGet("127.0.0.1", PORT).send().status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String file) {
        return Shell.attempt("cat", file).output();
    }

    private static String inspect(String format) {
        return Shell.inspect("checked", format);
    }

    private static String status() {
        return Shell.run("docker", "ps", "--all", "--filter", "name=checked", "--format", "{{.Status}}");
    }

    private static String psOfHealth(String health) {
        return Shell.run("docker", "ps", "--all", "--filter", "health=" + health, "--format", "{{.Names}}");
    }

    private static void awaitHealth(String health) {
        Await.until("it is " + health, () -> inspect("{{.State.Health.Status}}").equals(health));
    }

    private List<String> unhealthy() {
        return events().stream()
                .filter(event -> event.startsWith("health_status: unhealthy "))
                .toList();
    }

    private List<String> events() {
        String told = Shell.run(
                "docker",
                "events",
                "--since",
                begin.toString(),
                "--until",
                Instant.now().toString(),
                "--filter",
                "event=health_status",
                "--filter",
                "container=checked",
                "--format",
                "{{.Action}} {{.TimeNano}}");
        return told.lines().toList();
    }
}
