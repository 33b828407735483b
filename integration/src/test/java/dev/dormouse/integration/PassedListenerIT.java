package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** Debian's lighttpd, which takes the sockets that systemd passes, in a container that is on no network: nothing is in between. */
@ExtendWith(LeavesNothing.class)
class PassedListenerIT {
    private static final Path EXAMPLE = Shell.PROJECT.resolve("examples/lighttpd");
    private static final String[] PROGRAM = {"lighttpd", "-D", "-f", "/etc/lighttpd/lighttpd.conf"};
    private static final String[] UNTIL_IDLE = {"lighttpd", "-D", "-i", "4", "-f", "/etc/lighttpd/lighttpd.conf"};

    private final List<String> services = new ArrayList<>();
    private final List<String> containers = new ArrayList<>();

    @BeforeEach
    void image() {
        if (Shell.attempt("docker", "image", "inspect", "lighttpd").exit() != 0) {
            String file = Shell.run(
                    EXAMPLE.resolve("image").toString(),
                    EXAMPLE.resolve("target").toString());
            Shell.run(EXAMPLE.resolve("load-image").toString(), file);
        }
    }

    @AfterEach
    void takeAway() {
        services.forEach(name -> Shell.run("dormouse", "disable", name));
        containers.forEach(name -> Shell.run("docker", "rm", "--force", name));
    }

    @Test
    void theContainerHasItsClientsItselfAndSleepsByEnding() {
        create("passed", List.of("dormouse.listen=127.0.0.1:8131,/run/passed.sock", "dormouse.pass=true"), UNTIL_IDLE);
        SystemUnit container = SystemUnit.container("passed");
        SystemUnit socket = SystemUnit.socket("passed");
        assertThat(container.isInactive()).isTrue();
        assertThat(socket.property("SubState")).isEqualTo("listening");
        assertThat(Shell.run("dormouse", "status", "passed")).contains("dormant");

        assertThat(page("--interface", "127.0.0.7", "http://127.0.0.1:8131/")).contains("nobody is in between");

        // It answers before systemd takes its start for done.
        Await.until("it is active", container::isActive);
        assertThat(SystemUnit.proxy("passed").isInactive()).isTrue();
        assertThat(SystemUnit.ACTIVATOR.isInactive()).isTrue();
        assertThat(page("--unix-socket", "/run/passed.sock", "http://passed/")).isNotEmpty();
        container.awaitInactive();
        assertThat(Shell.run("docker", "ps", "--all", "--filter", "name=passed"))
                .contains("Exited (0)");
        assertThat(Shell.run("docker", "logs", "passed")).contains("127.0.0.7 127.0.0.1:8131");
        assertThat(Shell.run("dormouse", "status", "passed")).contains("dormant");
        assertThat(socket.isActive()).isTrue();
        assertThat(page("http://127.0.0.1:8131/")).as("woken again").isNotEmpty();
        assertThat(SystemUnit.ACTIVATOR.isInactive()).isTrue();
    }

    @Test
    void howeverItIsStartedItHasItsSocketsAndTheyOutlastIt() {
        create("manual", List.of("dormouse.listen=127.0.0.1:8132", "dormouse.pass=true"), PROGRAM);
        SystemUnit container = SystemUnit.container("manual");

        Shell.run("docker", "start", "manual");
        assertThat(page("http://127.0.0.1:8132/")).isNotEmpty();
        String process = container.property("MainPID");
        Shell.run("systemctl", "restart", SystemUnit.ENGINE.name());
        assertThat(page("http://127.0.0.1:8132/")).isNotEmpty();
        assertThat(container.property("MainPID")).isEqualTo(process);
        Shell.run("docker", "restart", "manual");
        assertThat(page("http://127.0.0.1:8132/")).isNotEmpty();
        Shell.run("docker", "stop", "manual");
        assertThat(SystemUnit.socket("manual").property("SubState")).isEqualTo("listening");
        assertThat(page("http://127.0.0.1:8132/")).isNotEmpty();
        Shell.run("systemctl", "restart", container.name());
        assertThat(page("http://127.0.0.1:8132/")).isNotEmpty();
        container.stop();
        assertThat(Shell.run("docker", "ps", "--all", "--filter", "name=manual"))
                .contains("Exited");
        assertThat(Shell.attempt("docker", "rename", "manual", "other").exit()).isZero();
        containers.set(0, "other");
        assertThat(page("http://127.0.0.1:8132/")).isNotEmpty();
        Await.until("it is active", () -> SystemUnit.container("other").isActive());
        assertThat(Shell.attempt("docker", "rename", "other", "third").output())
                .contains("the container runs and has the sockets of service");
        assertThat(page("http://127.0.0.1:8132/")).isNotEmpty();
    }

    @Test
    void aCrashLoopCostsABackoffAndWhoWaitsIsServedAtLast() throws Exception {
        Path folder = Files.createDirectories(Path.of("/run/mended"));
        create("mended", List.of(), List.of("--volume", folder + ":/flag"), "lighttpd", "-D", "-f", "/flag/conf");
        enable("mended", "127.0.0.1:8133");
        try {
            CompletableFuture<String> client = waiting("http://127.0.0.1:8133/");
            Await.until("it has failed some times", () -> starts("mended") >= 4);
            assertThat(SystemUnit.socket("mended").isActive()).isTrue();
            assertThat(Shell.run("dormouse", "status", "mended")).containsPattern("waking|failed|falling asleep");
            assertThat(client).isNotDone();

            Files.writeString(folder.resolve("conf"), """
                    server.document-root = "/srv"
                    server.systemd-socket-activation = "enable"
                    index-file.names = ("index.html")
                    """);

            assertThat(client.get()).contains("nobody is in between");
            assertThat(SystemUnit.socket("mended").isActive()).isTrue();
        } finally {
            Shell.run("rm", "-rf", folder.toString());
        }
    }

    @Test
    void pauseResumeWakeSleepAndDisable() throws Exception {
        create("kept", List.of(), PROGRAM);
        enable("kept", "127.0.0.1:8134");
        SystemUnit container = SystemUnit.container("kept");
        assertThat(Shell.run("dormouse", "wake", "kept")).isEqualTo("kept is awake");
        assertThat(Shell.run("dormouse", "status", "kept")).contains("awake");
        assertThat(page("http://127.0.0.1:8134/")).isNotEmpty();

        assertThat(Shell.run("dormouse", "pause", "kept")).contains("had its sockets, has been stopped");
        CompletableFuture<String> client = waiting("http://127.0.0.1:8134/");
        Await.until(
                "the socket has seen a client",
                () -> SystemUnit.socket("kept").property("SubState").equals("running"));
        assertThat(Shell.attempt("docker", "start", "kept").output()).contains("service kept is paused");
        assertThat(container.isActive()).isFalse();
        assertThat(Shell.run("dormouse", "status", "kept")).contains("paused");
        assertThat(client).isNotDone();
        Shell.run("dormouse", "resume", "kept");
        assertThat(client.get()).isNotEmpty();

        assertThat(Shell.run("dormouse", "sleep", "kept")).isEqualTo("kept sleeps");
        assertThat(container.isInactive()).isTrue();
        assertThat(page("http://127.0.0.1:8134/")).isNotEmpty();
        assertThat(Shell.run("dormouse", "logs", "kept")).contains("dormouse-container@kept.service");

        services.clear();
        assertThat(Shell.run("dormouse", "disable", "kept")).contains("has been stopped");
        assertThat(Shell.attempt("curl", "--silent", "http://127.0.0.1:8134/").exit())
                .as("nobody listens any more")
                .isEqualTo(7);
    }

    @Test
    void unitsOfOnesOwnPassWhatTheyLike() throws IOException {
        create("own", List.of(), PROGRAM);
        Path units = Path.of("/etc/systemd/system");
        Path socket = units.resolve("nginx-own.socket");
        Path dropIn = Files.createDirectories(units.resolve("dormouse-container@own.service.d"))
                .resolve("passed-own.conf");
        Path service = Path.of("/etc/dormouse/services/own.json");
        Files.writeString(socket, """
                [Socket]
                ListenStream=127.0.0.1:8135
                Service=dormouse-container@own.service
                FileDescriptorName=shop
                TriggerLimitIntervalSec=0
                """);
        Files.writeString(dropIn, "[Service]\nSockets=nginx-own.socket\n");
        Files.createDirectories(service.resolveSibling(""));
        Files.writeString(service, """
                {"schema": 1, "name": "own", "listen": ["127.0.0.1:8135"], "pass": true}
                """);
        try {
            Shell.run("systemctl", "daemon-reload");
            Shell.run("systemctl", "start", "nginx-own.socket");
            assertThat(page("http://127.0.0.1:8135/")).isNotEmpty();
            assertThat(Shell.run("dormouse", "list")).containsPattern("own +own +127.0.0.1:8135 +passed");
            assertThat(Shell.run("dormouse", "sleep", "own")).isEqualTo("own sleeps");
        } finally {
            Shell.run("systemctl", "stop", "nginx-own.socket");
            for (Path file : new Path[] {socket, dropIn, dropIn.resolveSibling(""), service}) {
                Files.delete(file);
            }
            Shell.run("systemctl", "daemon-reload");
        }
    }

    private void create(String name, List<String> labels, String... program) {
        create(name, labels, List.of(), program);
    }

    private void create(String name, List<String> labels, List<String> options, String... program) {
        List<String> command = new ArrayList<>(List.of("docker", "create", "--name", name, "--network", "none"));
        labels.forEach(label -> command.addAll(List.of("--label", label)));
        command.addAll(options);
        command.add("lighttpd");
        command.addAll(List.of(program));
        Shell.run(command.toArray(String[]::new));
        containers.add(name);
    }

    private void enable(String name, String listen) {
        Shell.run("dormouse", "enable", name, "--listen", listen, "--pass");
        services.add(name);
    }

    private static String page(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("curl", "--fail", "--silent", "--show-error", "--max-time", "60"));
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }

    private static CompletableFuture<String> waiting(String address) {
        return CompletableFuture.supplyAsync(() -> page(address));
    }

    private static long starts(String container) {
        try (Stream<String> lines = Shell.run(
                        "journalctl",
                        "--quiet",
                        "--output=cat",
                        "--unit=" + SystemUnit.container(container).name(),
                        "_PID=1")
                .lines()) {
            return lines.filter(line -> line.startsWith("Starting ")).count();
        }
    }
}
