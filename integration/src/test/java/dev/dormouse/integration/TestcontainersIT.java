package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Testcontainers, a client that many test suites are built on, drives the engine as it drives dockerd. */
@ExtendWith(LeavesNothing.class)
class TestcontainersIT {
    @Test
    void aContainerWithAPublishedPortAnswersAndIsRemoved() throws Exception {
        NginxService.loadImage();
        try (GenericContainer<?> nginx = new GenericContainer<>(DockerImageName.parse("nginx:latest"))
                .withExposedPorts(80)
                .waitingFor(Wait.forHttp("/").withStartupTimeout(Duration.ofSeconds(60)))) {
            nginx.start();
            HttpGet.Answer answer = new HttpGet("127.0.0.1", nginx.getMappedPort(80)).send();
            assertThat(answer.body()).contains("Welcome to nginx!");
            assertThat(nginx.getLogs()).contains("GET / HTTP/1.1");
        }
        assertThat(Shell.run("docker", "ps", "--all", "--quiet")).isEmpty();
    }
}
