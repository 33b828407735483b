package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job: a socket that is enabled, and nothing running until someone connects. */
@ExtendWith(LeavesNothing.class)
class NginxWakesIT {
    private NginxService nginx;

    @BeforeEach
    void enable() {
        nginx = NginxService.enable("nginx", 8001, "10m");
        Shell.run("systemctl", "stop", "dormouse.service");
    }

    @AfterEach
    void disable() {
        nginx.close();
    }

    @Test
    void nothingRunsUntilTheFirstConnectionWhichGetsThePage() {
        assertThat(nginx.container().isInactive()).isTrue();
        assertThat(SystemUnit.ACTIVATOR.isInactive()).isTrue();
        assertThat(SystemUnit.ENGINE.isInactive()).isTrue();
        assertThat(Shell.attempt("pgrep", "-f", "dev[.]dormouse[.](daemon|activator|proxy)[.]")
                        .output())
                .isEmpty();

        assertThat(Shell.run("curl", "--silent", "--show-error", "--fail", "http://127.0.0.1:8001/"))
                .contains("Welcome to nginx!");

        assertThat(nginx.container().isActive()).isTrue();
        assertThat(SystemUnit.ENGINE.isInactive()).as("a wake needs no engine").isTrue();
    }

    @Test
    void twentyClientsAtOnceAreAllServedByOneStart() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpGet.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(clients.submit(() -> nginx.get().send()));
            }
            for (Future<HttpGet.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        String invocation = nginx.container().property("InvocationID");
        String starts = Shell.run(
                "journalctl",
                "--quiet",
                "--output=cat",
                "--unit=" + nginx.container().name(),
                "INVOCATION_ID=" + invocation);
        assertThat(starts.lines().filter(line -> line.startsWith("Started "))).hasSize(1);
    }

    @Test
    void aContainerStoppedByHandIsWokenByTheNextConnection() throws IOException {
        assertThat(nginx.get().send().status()).isEqualTo(200);
        nginx.container().stop();
        assertThat(Shell.run("docker", "ps", "--all", "--filter", "name=^/nginx$", "--format", "{{.Status}}"))
                .startsWith("Exited (0)");
        assertThat(nginx.get().send().status()).isEqualTo(200);
        assertThat(Shell.run("docker", "ps", "--format", "{{.Names}}")).isEqualTo("nginx");
    }
}
