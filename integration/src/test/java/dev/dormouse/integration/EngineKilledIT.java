package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine dies by SIGKILL: no container notices, and the next engine knows all. */
@ExtendWith(LeavesNothing.class)
class EngineKilledIT {
    @Test
    void requestsGoOnAndTheNextEngineIsRight() throws Exception {
        try (NginxService nginx = NginxService.enable("steady", 8005, "10m")) {
            assertThat(nginx.get().send().status()).isEqualTo(200);
            Shell.run("docker", "version");

            Queue<String> failures = new ConcurrentLinkedQueue<>();
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                CountDownLatch flowing = new CountDownLatch(50);
                clients.execute(() -> request(nginx, done, served, failures, flowing));
                flowing.await();
                String pid = SystemUnit.ENGINE.property("MainPID");
                assertThat(pid).isNotEqualTo("0");
                Shell.run("kill", "-KILL", pid);
                assertThat(Shell.run("docker", "ps", "--format", "{{.Names}}")).isEqualTo("steady");
                assertThat(SystemUnit.ENGINE.property("MainPID")).isNotEqualTo(pid);
                done.set(true);
            }
            assertThat(List.copyOf(failures)).isEmpty();
            assertThat(served.get()).isGreaterThan(50);

            Shell.run("docker", "stop", "steady");
            assertThat(nginx.container().isInactive()).isTrue();
            assertThat(Shell.run("docker", "ps", "--all", "--format", "{{.Names}} {{.Status}}"))
                    .startsWith("steady Exited (0)");
        }
    }

    private static void request(
            NginxService nginx,
            AtomicBoolean done,
            AtomicInteger served,
            Queue<String> failures,
            CountDownLatch flowing) {
        while (!done.get()) {
            try {
                HttpGet.Answer answer = nginx.get().send();
                if (answer.status() != 200) {
                    failures.add("status " + answer.status());
                }
                served.incrementAndGet();
            } catch (IOException e) {
                failures.add(e.toString());
            }
            flowing.countDown();
        }
    }
}
