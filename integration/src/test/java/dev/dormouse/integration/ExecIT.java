package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code docker exec}: its streams, terminals, exit codes and events, and a service that does not sleep while somebody is in it. */
@ExtendWith(LeavesNothing.class)
class ExecIT {
    private static final String NAME = "visited";

    @Test
    void runsCommandsInARunningContainerAsDockerDoes() throws Exception {
        try (Visited _ = Visited.create("--env", "A=1")) {
            // Two streams have no order between them.
            assertThat(exec("sh", "-c", "echo $A $HOME; echo err >&2").lines()).containsExactlyInAnyOrder("1 /", "err");
            assertThat(Shell.run("sh", "-c", "head -c 3000000 /dev/zero | docker exec -i visited cat | wc -c"))
                    .as("the end of the client's input reaches the process")
                    .isEqualTo("3000000");
            assertThat(Shell.run("sh", "-c", "head -c 3000000 /dev/zero | docker exec -i visited echo unread"))
                    .as("input that nobody reads does not cost the output")
                    .isEqualTo("unread");
            assertThat(Shell.run(
                            "docker",
                            "exec",
                            "-e",
                            "B=2",
                            "-u",
                            "12:34",
                            "-w",
                            "/tmp",
                            NAME,
                            "sh",
                            "-c",
                            "echo $A $B; id -u; id -g; echo own >/dev/stdout; cd .; echo $PWD"))
                    .isEqualTo("1 2\n12\n34\nown\n/tmp");
            assertThat(Shell.run(
                            "docker", "exec", "--privileged", NAME, "busybox", "grep", "CapEff", "/proc/self/status"))
                    .isNotEqualTo(exec("busybox", "grep", "CapEff", "/proc/self/status"));

            assertThat(Shell.attempt("docker", "exec", NAME, "sh", "-c", "exit 7")
                            .exit())
                    .isEqualTo(7);
            assertThat(Shell.attempt("docker", "exec", NAME, "sh", "-c", "kill -9 $$")
                            .exit())
                    .isEqualTo(137);
            Shell.Result missing = Shell.attempt("docker", "exec", NAME, "nosuch");
            assertThat(missing.exit()).isEqualTo(127);
            assertThat(missing.output()).contains("nosuch").contains("not found");
            assertThat(Shell.attempt("docker", "exec", NAME, "/etc/passwd").exit())
                    .isEqualTo(126);
            assertThat(Shell.attempt("docker", "exec", "-u", "nobody-of-that-name", NAME, "ls")
                            .output())
                    .contains("unable to find user nobody-of-that-name");

            awaitEvent("exec_die", "exitCode=7", "exitCode=127", "execID=");
            assertThat(leftFiles()).isEmpty();

            Shell.run("docker", "exec", "-d", NAME, "sleep", "1000");
            assertThat(Shell.run("docker", "inspect", "--format", "{{len .ExecIDs}}", NAME))
                    .isEqualTo("1");
            Process session = begin("docker", "exec", NAME, "sleep", "1001");
            Await.until(
                    "it runs", () -> Shell.attempt("pgrep", "-f", "^sleep 1001").exit() == 0);
            Shell.run("docker", "stop", "--time", "1", NAME);
            assertThat(session.waitFor())
                    .as("a container that stops ends what runs in it")
                    .isEqualTo(137);
            Await.until("nothing is left", () -> leftFiles().isEmpty());
            assertThat(Shell.attempt("docker", "exec", NAME, "ls").output()).contains("is not running");
        }
    }

    @Test
    void aTerminalIsOneAndEndsWithItsClient() throws Exception {
        try (Visited _ = Visited.create()) {
            Process client = terminal("docker exec -it visited sh");
            try (OutputStream keys = client.getOutputStream();
                    BufferedReader screen = client.inputReader(StandardCharsets.UTF_8)) {
                type(keys, "test -t 0 && test -t 1 && echo terminal: $TERM\n");
                assertThat(awaitLine(screen, "terminal: xterm")).isTrue();
                type(keys, "exit 3\n");
                assertThat(client.waitFor()).isEqualTo(3);
            }

            Process left = terminal("docker exec -it visited sh -c 'echo here; exec sleep 1002'");
            assertThat(awaitLine(left.inputReader(StandardCharsets.UTF_8), "here"))
                    .isTrue();
            left.descendants().forEach(ProcessHandle::destroyForcibly);
            left.destroyForcibly();
            Await.until("the process ends with its client", () -> leftFiles().isEmpty());
            assertThat(Shell.attempt("pgrep", "-f", "^sleep 1002").exit()).isEqualTo(1);

            Process typing = terminal("docker exec -it visited sh -c 'echo here; exec sleep 1003'");
            assertThat(awaitLine(typing.inputReader(StandardCharsets.UTF_8), "here"))
                    .isTrue();
            type(typing.getOutputStream(), "\u0010\u0011");
            typing.waitFor();
            // The docker command keeps the keys for itself and just leaves: as good as gone (decision 21).
            Await.until("the process ends with its client", () -> leftFiles().isEmpty());
            assertThat(Shell.attempt("pgrep", "-f", "^sleep 1003").exit()).isEqualTo(1);
        }
    }

    @Test
    void aKilledEngineLeavesNeitherClientNorProcess() throws Exception {
        try (Visited _ = Visited.create()) {
            Shell.run("docker", "exec", "-d", NAME, "sleep", "1005");
            Process client = begin("docker", "exec", NAME, "sleep", "1004");
            Await.until(
                    "it runs", () -> Shell.attempt("pgrep", "-f", "^sleep 1004").exit() == 0);
            Shell.run("systemctl", "kill", "--signal=KILL", "--kill-whom=main", "dormouse.service");
            client.waitFor();
            Shell.run("docker", "version");
            Await.until(
                    "the next engine ends it",
                    () -> Shell.attempt("pgrep", "-f", "^sleep 1004").exit() == 1);
            assertThat(Shell.attempt("pgrep", "-f", "^sleep 1005").exit())
                    .as("what nobody was attached to goes on, as the container does")
                    .isEqualTo(0);
        }
    }

    @Test
    void aServiceStaysAwakeWhileSomebodyIsInItAndSleepsAfterwards() throws Exception {
        BusyboxImage.load();
        Shell.run(
                "docker", "create", "--name", NAME, "busybox", "sh", "-c", "trap 'exit 0' TERM; httpd -f -p 80 & wait");
        Shell.run(
                "dormouse",
                "enable",
                NAME,
                "--listen",
                "8071",
                "--port",
                "80",
                "--idle",
                "1s",
                "--freeze-after",
                "200ms");
        try {
            HttpGet get = new HttpGet("127.0.0.1", 8071);
            assertThat(get.send().status()).isEqualTo(404);
            Process session = begin("docker", "exec", "-i", NAME, "cat");
            OutputStream typed = session.getOutputStream();
            BufferedReader echo = session.inputReader(StandardCharsets.UTF_8);
            for (int second = 0; second < 4; second++) {
                type(typed, "still there\n");
                assertThat(echo.readLine()).isEqualTo("still there");
                Thread.sleep(1000); // as long as the idle time: what must not happen gives no sign
            }
            assertThat(SystemUnit.container(NAME).isInactive()).isFalse();
            typed.close();
            assertThat(session.waitFor()).isEqualTo(0);
            SystemUnit.container(NAME).awaitInactive();
        } finally {
            Shell.run("dormouse", "disable", NAME);
            Shell.run("docker", "rm", "--force", NAME);
        }
    }

    /** A container that sleeps. */
    private record Visited() implements AutoCloseable {
        static Visited create(String... options) {
            BusyboxImage.load();
            List<String> command = new ArrayList<>(List.of("docker", "run", "-d", "--name", NAME));
            command.addAll(List.of(options));
            command.addAll(List.of("busybox", "sleep", "100000"));
            Shell.run(command.toArray(String[]::new));
            return new Visited();
        }

        @Override
        public void close() {
            Shell.run("docker", "rm", "--force", NAME);
        }
    }

    private static String exec(String... command) {
        List<String> whole = new ArrayList<>(List.of("docker", "exec", NAME));
        whole.addAll(List.of(command));
        return Shell.run(whole.toArray(String[]::new));
    }

    private static Process terminal(String command) throws IOException {
        return begin("script", "--quiet", "--return", "--command", command, "/dev/null");
    }

    private static Process begin(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DOCKER_HOST", "unix:///run/dormouse/docker.sock");
        return builder.start();
    }

    /** {@code --until} is in whole seconds, so what has just happened is told a moment later. */
    private static void awaitEvent(String action, String... words) {
        String[] command = {"docker", "events", "--since", "5m", "--until", "0s", "--filter", "event=" + action};
        Await.until(action + " is told with " + List.of(words), () -> {
            String told = Shell.run(command);
            return Stream.of(words).allMatch(told::contains);
        });
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static boolean awaitLine(BufferedReader screen, String wanted) throws IOException {
        String line = screen.readLine();
        while (line != null && !line.strip().equals(wanted)) {
            line = screen.readLine();
        }
        return line != null;
    }

    /** Whatever the engine has made for an exec. */
    private static List<Path> leftFiles() {
        try (Stream<Path> files = Files.walk(Path.of("/run/dormouse/exec"));
                Stream<Path> containers = Files.walk(Path.of("/run/dormouse/containers"))) {
            return Stream.concat(
                            files.filter(file -> !Files.isDirectory(file)),
                            containers.filter(
                                    file -> String.valueOf(file.getParent()).endsWith("/execs")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
