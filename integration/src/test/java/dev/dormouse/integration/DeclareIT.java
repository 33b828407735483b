package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ways to declare a service, and what services have to do with each other, under a real systemd. */
@ExtendWith(LeavesNothing.class)
class DeclareIT {
    private static final Path UNITS = Path.of("/etc/systemd/system");

    private final List<String> services = new ArrayList<>();
    private final List<String> containers = new ArrayList<>();

    @BeforeEach
    void image() {
        NginxService.loadImage();
    }

    @AfterEach
    void takeAway() {
        // Who needs others goes first.
        services.reversed().forEach(name -> Shell.run("dormouse", "disable", name));
        containers.forEach(name -> Shell.run("docker", "rm", "--force", name));
    }

    @Test
    void aServiceListensOnSeveralAddressesAtOnce() throws IOException {
        create("several");
        enable(
                "several",
                "--listen",
                "127.0.0.1:8101",
                "--listen",
                "[::]:8101",
                "--listen",
                "/run/several.sock",
                "--socket-mode",
                "0600",
                "--idle",
                "1s");
        assertThat(status("http://127.0.0.1:8101/")).isEqualTo("200");
        assertThat(status("http://[::1]:8101/")).isEqualTo("200");
        assertThat(status("--unix-socket", "/run/several.sock", "http://several/"))
                .isEqualTo("200");
        assertThat(Files.getPosixFilePermissions(Path.of("/run/several.sock"))).hasSize(2);
        awaitAsleep("several", "several");
        assertThat(status("http://[::1]:8101/")).isEqualTo("200");
    }

    @Test
    void aBadAddressChangesNothing() {
        create("taken");
        enable("taken", "--listen", "127.0.0.1:8102");

        Shell.Result second = Shell.attempt(
                "dormouse", "enable", "second", "--container", "taken", "--port", "80", "--listen", "127.0.0.1:8102");

        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.output()).contains("port 8102 is taken by", "nothing has been changed");
        assertThat(Shell.attempt("dormouse", "status", "second").exit()).isEqualTo(3);
    }

    @Test
    void labelsAloneAreEnough() throws IOException {
        create("labelled", "dormouse.listen=127.0.0.1:8103", "dormouse.port=80", "dormouse.idle=1s");
        assertThat(Shell.run("dormouse", "list")).containsPattern("labelled +labelled +127.0.0.1:8103 .* labels");
        assertThat(status("http://127.0.0.1:8103/")).isEqualTo("200");
        awaitAsleep("labelled", "labelled");
        Shell.run("docker", "rename", "labelled", "renamed");
        containers.set(0, "renamed");
        assertThat(status("http://127.0.0.1:8103/")).isEqualTo("200");

        Shell.run("docker", "rm", "--force", "renamed");
        containers.clear();
        assertThat(Shell.attempt("dormouse", "status", "renamed").exit()).isEqualTo(3);
        assertThat(Shell.attempt("curl", "--silent", "http://127.0.0.1:8103/").exit())
                .as("nobody listens any more")
                .isEqualTo(7);
    }

    @Test
    void aBadLabelRefusesTheContainer() {
        Shell.Result bad = Shell.attempt(
                "docker",
                "create",
                "--name",
                "bad",
                "--label",
                "dormouse.listen=8104",
                "--label",
                "dormouse.port=x",
                "nginx");

        assertThat(bad.exit()).isNotZero();
        assertThat(bad.output()).contains("label dormouse.port: 'x' is not a port from 1 to 65535");
        assertThat(Shell.run("docker", "ps", "--all", "--quiet")).isEmpty();
    }

    @Test
    void enabledByHandAServiceOfLabelsStays() {
        create("hand", "dormouse.listen=127.0.0.1:8105", "dormouse.port=80");
        enable("hand", "--listen", "127.0.0.1:8106");
        Shell.run("docker", "rm", "--force", "hand");
        containers.clear();

        assertThat(Shell.run("dormouse", "list")).containsPattern("hand +hand +127.0.0.1:8106 .* enable");
    }

    @Test
    void twoServicesOfOneContainerSleepWhenBothAreIdle() throws IOException {
        create("shared");
        enable("one", "--container", "shared", "--listen", "127.0.0.1:8107", "--idle", "500ms");
        enable("two", "--container", "shared", "--listen", "127.0.0.1:8108", "--idle", "500ms");
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), 8107)) {
            assertThat(status("http://127.0.0.1:8108/")).isEqualTo("200");
            assertThat(client.isConnected()).isTrue();
            Await.until("two is quiet for its idle time", () -> quietFor("two", 1500));
            assertThat(SystemUnit.container("shared").isActive()).isTrue();
            assertThat(SystemUnit.proxy("two").isActive()).isTrue();
        }
        awaitAsleep("one", "shared");
        SystemUnit.proxy("two").awaitInactive();
        assertThat(status("http://127.0.0.1:8108/")).isEqualTo("200");
    }

    @Test
    void whatIsNeededIsReadyFirstAndSleepsLast() {
        create("db");
        create("web");
        enable("db", "--listen", "127.0.0.1:8109", "--idle", "500ms");
        enable("web", "--listen", "127.0.0.1:8110", "--idle", "500ms", "--after", "db");
        assertThat(Shell.attempt("dormouse", "enable", "db", "--listen", "8109", "--port", "80", "--after", "web")
                        .output())
                .contains("in a circle");

        assertThat(status("http://127.0.0.1:8110/")).isEqualTo("200");

        assertThat(micros("web", "InactiveExitTimestampMonotonic"))
                .as("web's start, after db is up")
                .isGreaterThan(micros("db", "ActiveEnterTimestampMonotonic"));
        awaitAsleep("db", "db");
        assertThat(micros("db", "ActiveExitTimestampMonotonic"))
                .as("db's stop, after web is gone")
                .isGreaterThan(micros("web", "InactiveEnterTimestampMonotonic"));
        SystemUnit.proxy("web").awaitInactive();
    }

    @Test
    void aGroupWakesAndSleepsTogether() throws IOException {
        create("left");
        create("right");
        enable("left", "--listen", "127.0.0.1:8111", "--idle", "500ms", "--group", "pair");
        enable("right", "--listen", "127.0.0.1:8112", "--idle", "500ms", "--group", "pair");

        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), 8111)) {
            Await.until(
                    "right is awake too", () -> SystemUnit.container("right").isActive());
            Await.until("right is quiet for its idle time", () -> quietFor("right", 1500));
            assertThat(client.isConnected()).isTrue();
            assertThat(SystemUnit.container("right").isActive()).isTrue();
        }
        awaitAsleep("left", "left");
        awaitAsleep("right", "right");
        assertThat(status("http://127.0.0.1:8112/")).isEqualTo("200");
        assertThat(SystemUnit.proxy("left").isActive()).isTrue();
    }

    @Test
    void duringAPauseClientsWaitAndNothingIsWoken() throws Exception {
        create("held");
        enable("held", "--listen", "127.0.0.1:8113");
        assertThat(status("http://127.0.0.1:8113/")).isEqualTo("200");
        Shell.run("dormouse", "pause", "held");
        Shell.run("docker", "stop", "held");
        List<CompletableFuture<HttpGet.Answer>> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(get(8113));
        }
        Await.until(
                "the socket has seen a client",
                () -> SystemUnit.socket("held").property("SubState").equals("running"));
        Shell.attempt("systemctl", "kill", "--signal=KILL", SystemUnit.ACTIVATOR.name());
        Shell.run("systemctl", "daemon-reload");
        // A container that is started for the maintenance serves nobody, and is not held to the idle time.
        Shell.run("docker", "start", "held");
        assertThat(SystemUnit.proxy("held").isInactive()).isTrue();
        Shell.run("docker", "stop", "held");
        assertThat(Shell.run("dormouse", "status", "held")).contains("paused");
        assertThat(clients).noneMatch(CompletableFuture::isDone);

        Shell.run("dormouse", "resume", "held");

        for (CompletableFuture<HttpGet.Answer> client : clients) {
            assertThat(client.get().status()).isEqualTo(200);
        }
    }

    @Test
    void wakeAndSleepNeedNoClient() throws Exception {
        create("told");
        enable("told", "--listen", "127.0.0.1:8114");
        assertThat(Shell.run("dormouse", "wake", "told")).isEqualTo("told is awake");
        assertThat(SystemUnit.container("told").isActive()).isTrue();
        assertThat(Shell.run("dormouse", "status", "told")).contains("awake", "ready");

        assertThat(Shell.run("dormouse", "sleep", "told")).isEqualTo("told sleeps");
        assertThat(SystemUnit.container("told").isInactive()).isTrue();
        assertThat(get(8114).get().status()).isEqualTo(200);

        Shell.run("docker", "stop", "told");
        Shell.run("dormouse", "wake", "told");
        assertThat(SystemUnit.container("told").isActive()).isTrue();
        assertThat(Shell.run("dormouse", "logs", "told", "-n", "50")).contains("dormouse-container@told.service");
    }

    @Test
    void aContainerThatIsStartedByHandFallsAsleep() {
        create("manual");
        enable("manual", "--listen", "127.0.0.1:8115", "--idle", "500ms");

        Shell.run("docker", "start", "manual");
        awaitAsleep("manual", "manual");
        Shell.run("systemctl", "start", SystemUnit.container("manual").name());
        awaitAsleep("manual", "manual");
    }

    @Test
    void unitsOfOnesOwnAreAServiceToo() throws IOException {
        create("own");
        Path socket = UNITS.resolve("nginx-own.socket");
        Path service = Path.of("/etc/dormouse/services/own.json");
        Files.writeString(socket, """
                [Socket]
                ListenStream=127.0.0.1:8116
                Service=dormouse-proxy@own.service
                TriggerLimitIntervalSec=0
                """);
        Files.writeString(service, """
                {"schema": 1, "name": "own", "listen": ["127.0.0.1:8116"], "port": 80, "idle": "500ms",
                 "ready": "listening", "deadline": "1m"}
                """);
        try {
            Shell.run("systemctl", "daemon-reload");
            Shell.run("systemctl", "start", "nginx-own.socket");
            assertThat(status("http://127.0.0.1:8116/")).isEqualTo("200");
            awaitAsleep("own", "own");
            assertThat(status("http://127.0.0.1:8116/")).isEqualTo("200");
        } finally {
            Shell.run(
                    "systemctl",
                    "stop",
                    "nginx-own.socket",
                    SystemUnit.proxy("own").name());
            Files.delete(socket);
            Files.delete(service);
            Shell.run("systemctl", "daemon-reload");
        }
    }

    private void create(String name, String... labels) {
        List<String> command = new ArrayList<>(List.of("docker", "create", "--name", name));
        Stream.of(labels).forEach(label -> command.addAll(List.of("--label", label)));
        command.add("nginx");
        Shell.run(command.toArray(String[]::new));
        containers.add(name);
    }

    private void enable(String name, String... options) {
        List<String> command = new ArrayList<>(List.of("dormouse", "enable", name, "--port", "80"));
        command.addAll(List.of(options));
        Shell.run(command.toArray(String[]::new));
        services.add(name);
    }

    /** The HTTP status that curl gets. */
    private static String status(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--globoff",
                "--silent",
                "--show-error",
                "--output",
                "/dev/null",
                "--write-out",
                "%{http_code}"));
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }

    private static CompletableFuture<HttpGet.Answer> get(int port) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new HttpGet("127.0.0.1", port).send();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void awaitAsleep(String service, String container) {
        SystemUnit.container(container).awaitInactive();
        SystemUnit.proxy(service).awaitInactive();
    }

    /** Whether that long ago it was awake already. */
    private static boolean quietFor(String service, int millis) {
        long since = Long.parseLong(SystemUnit.proxy(service).property("ActiveEnterTimestampMonotonic")) / 1000;
        return System.nanoTime() / 1_000_000 - since > millis;
    }

    private static long micros(String container, String property) {
        return Long.parseLong(SystemUnit.container(container).property(property));
    }
}
