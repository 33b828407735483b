package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Falling asleep, and clients that come exactly then. */
@ExtendWith(LeavesNothing.class)
class IdleIT {
    private static final int CONNECTIONS = 1000;
    private static final int CLIENTS = 5;
    private static final int LONGEST_PAUSE_MILLIS = 900;

    @Test
    void afterTheIdleTimeOnlyTheSocketIsLeft() throws IOException {
        try (NginxService nginx = NginxService.enable("idle", 8003, "500ms")) {
            assertThat(nginx.get().send().status()).isEqualTo(200);
            nginx.awaitAsleep();
            SystemUnit.ACTIVATOR.awaitInactive();
            assertThat(Shell.run("docker", "ps", "--quiet")).isEmpty();
            assertThat(SystemUnit.socket("idle").property("SubState")).isEqualTo("listening");
            assertThat(nginx.get().send().status()).isEqualTo(200);
        }
    }

    @Test
    void noneOfAThousandConnectionsAcrossStopAndWakeIsLost() throws Exception {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger served = new AtomicInteger();
        try (NginxService nginx = NginxService.enable("restless", 8004, "300ms")) {
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int client = 0; client < CLIENTS; client++) {
                    Random random = new Random(client);
                    clients.execute(() -> connectAtRandomMoments(nginx, random, served, failures));
                }
            }
            assertThat(List.copyOf(failures)).as(Shell.journal()).isEmpty();
            assertThat(served).hasValue(CONNECTIONS);
            String wakes = Shell.run(
                    "journalctl",
                    "--quiet",
                    "--output=cat",
                    "--unit=" + nginx.container().name());
            assertThat(wakes.lines().filter(line -> line.startsWith("Started ")))
                    .as("it did sleep and wake in between")
                    .hasSizeGreaterThan(5);
        }
    }

    private static void connectAtRandomMoments(
            NginxService nginx, Random random, AtomicInteger served, Queue<String> failures) {
        for (int i = 0; i < CONNECTIONS / CLIENTS; i++) {
            try {
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                if (nginx.get().send().status() == 200) {
                    served.incrementAndGet();
                }
            } catch (IOException e) {
                failures.add("connection " + i + ": " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
