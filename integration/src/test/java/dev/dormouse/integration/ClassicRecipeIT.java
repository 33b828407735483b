package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three hand-written units of examples/nginx/classic, on our engine, and the first byte beside ours. */
@ExtendWith(LeavesNothing.class)
class ClassicRecipeIT {
    private static final Logger LOG = LoggerFactory.getLogger(ClassicRecipeIT.class);
    private static final Path SYSTEMD = Path.of("/etc/systemd/system");
    private static final List<String> UNITS =
            List.of("nginx-proxy.socket", "nginx-proxy.service", "nginx-docker.service");

    @BeforeEach
    void install() throws Exception {
        NginxService.loadImage();
        Shell.run("docker", "create", "--name", "nginx8080", "--publish", "127.0.0.1:8080:80", "nginx");
        for (String unit : UNITS) {
            Files.copy(
                    Shell.PROJECT.resolve("examples/nginx/classic").resolve(unit),
                    SYSTEMD.resolve(unit),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Shell.run("systemctl", "daemon-reload");
        Shell.run("systemctl", "start", "nginx-proxy.socket");
    }

    @AfterEach
    void remove() throws Exception {
        Shell.run("systemctl", "stop", "nginx-proxy.socket", "nginx-proxy.service", "nginx-docker.service");
        for (String unit : UNITS) {
            Files.delete(SYSTEMD.resolve(unit));
        }
        Shell.run("systemctl", "daemon-reload");
        // A client's connection that the stop cut off may have ended the proxy with an error.
        Shell.attempt("systemctl", "reset-failed", "nginx-proxy.service", "nginx-docker.service");
        Shell.run("docker", "rm", "--force", "nginx8080");
    }

    @Test
    void theFirstConnectionGetsThePageAndStopIsGraceful() throws Exception {
        HttpGet.Answer classic = new HttpGet("127.0.0.1", 8088).send();
        assertThat(classic.status()).isEqualTo(200);
        assertThat(classic.body()).contains("Welcome to nginx!");
        Shell.run("systemctl", "stop", "nginx-proxy.service", "nginx-docker.service");
        assertThat(Shell.inspect("nginx8080", "{{.State.Status}} {{.State.ExitCode}}"))
                .isEqualTo("exited 0");
        assertThat(new SystemUnit("nginx-docker.service").property("Result")).isEqualTo("success");
        LOG.info(
                "first byte, cold service, engine up: Dormouse {} ms, classic recipe {} ms",
                ours().toMillis(),
                classic.firstByte().toMillis());
    }

    /** With engine and activator up, as the classic recipe has its engine. */
    private static Duration ours() throws Exception {
        try (NginxService keeper = NginxService.enable("keeper", 8006, "10m");
                NginxService nginx = NginxService.enable("cold", 8007, "10m")) {
            assertThat(keeper.get().send().status()).isEqualTo(200);
            return nginx.get().send().firstByte();
        }
    }
}
