package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first stage of sleep: a container is frozen when nobody is connected, thawed by the next byte, and can be stopped at any time. */
@ExtendWith(LeavesNothing.class)
class FreezeIT {
    private static final int CLIENTS = 5;
    private static final int EACH = 25;
    private static final int LONGEST_PAUSE_MILLIS = 600;

    @Test
    void noneOfManyConnectionsAcrossFreezeAndThawIsLostAndAStopFromFrozenIsGraceful() throws Exception {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        try (NginxService nginx = NginxService.enable("frosty", 8021, "10m", "--freeze-after", "100ms")) {
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int client = 0; client < CLIENTS; client++) {
                    Random random = new Random(client);
                    clients.execute(() -> connectAtRandomMoments(nginx, random, failures));
                }
            }
            assertThat(List.copyOf(failures)).as(Shell.journal()).isEmpty();
            assertThat(events("frosty", "thaw"))
                    .hasSizeGreaterThan(5)
                    .allMatch(event -> event.contains("DURATION_USEC"));
            assertThat(nginx.container().property("NRestarts")).isEqualTo("0");

            awaitFrozen("frosty");
            assertThat(Shell.inspect("frosty", "{{.State.Status}} {{.State.Paused}}"))
                    .isEqualTo("paused true");
            assertThat(Shell.run("dormouse", "status", "frosty")).contains("frozen");
            Shell.run("docker", "stop", "frosty");
            assertThat(Shell.inspect("frosty", "{{.State.Status}} {{.State.ExitCode}}"))
                    .isEqualTo("exited 0");
            assertThat(nginx.get().send().status())
                    .as("the next client wakes it")
                    .isEqualTo(200);
        }
    }

    @Test
    void isStoppedFrozenAtTheEndOfItsIdleTimeAndByHand() throws Exception {
        try (NginxService nginx = NginxService.enable("icy", 8022, "2s", "--freeze-after", "200ms")) {
            assertThat(nginx.get().send().status()).isEqualTo(200);
            awaitFrozen("icy");
            nginx.awaitAsleep();
            assertThat(events("icy", "sleep")).anyMatch(event -> event.contains("OUTCOME=asleep"));

            Shell.run("docker", "start", "icy");
            awaitFrozen("icy");
            nginx.container().stop();
            assertThat(nginx.container().isInactive()).isTrue();
            assertThat(nginx.container().property("Result")).isEqualTo("success");
            assertThat(Shell.inspect("icy", "{{.State.ExitCode}}")).isEqualTo("0");
        }
    }

    @Test
    void whenTheActivatorIsKilledNothingStaysFrozen() throws Exception {
        try (NginxService nginx = NginxService.enable("shock", 8023, "10m", "--freeze-after", "200ms")) {
            assertThat(nginx.get().send().status()).isEqualTo(200);
            awaitFrozen("shock");

            Shell.run("kill", "-KILL", SystemUnit.ACTIVATOR.property("MainPID"));
            Await.until("it is thawed by the activator's end", () -> !isFrozen("shock"));

            // Should even that have failed:
            freeze("shock", "freezer");
            assertThat(nginx.get().send().status()).as("its successor thaws it").isEqualTo(200);
            awaitFrozen("shock");
        }
    }

    @Test
    void aUsersPauseIsTheUsersAlone() throws Exception {
        NginxService.loadImage();
        Shell.run(
                "docker",
                "create",
                "--name",
                "still",
                "--label",
                "dormouse.listen=8024",
                "--label",
                "dormouse.freeze=200ms",
                "nginx");
        try {
            Shell.run("docker", "start", "still");
            awaitFrozen("still");
            freeze("still", "freezer/container");

            HttpGet get = new HttpGet("127.0.0.1", 8024);
            CompletableFuture<Integer> client = CompletableFuture.supplyAsync(() -> status(get));
            Await.until(
                    "it is thawed for the client", () -> events("still", "thaw").size() == 1);
            assertThat(isFrozen("still")).as("but paused").isTrue();
            assertThat(client).isNotDone();

            thaw("still", "freezer/container");
            assertThat(client.get(60, TimeUnit.SECONDS)).isEqualTo(200);
            freeze("still", "freezer/container");
            Shell.run("docker", "stop", "still");
            assertThat(Shell.inspect("still", "{{.State.ExitCode}}")).isEqualTo("0");
        } finally {
            Shell.run("docker", "rm", "--force", "still");
        }
    }

    private static void connectAtRandomMoments(NginxService nginx, Random random, Queue<String> failures) {
        for (int i = 0; i < EACH; i++) {
            try {
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                int status = nginx.get().send().status();
                if (status != 200) {
                    failures.add("connection " + i + ": " + status);
                }
            } catch (IOException e) {
                failures.add("connection " + i + ": " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static int status(HttpGet get) {
        try {
            return get.send().status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitFrozen(String container) {
        Await.until(container + " is frozen", () -> isFrozen(container));
    }

    private static boolean isFrozen(String container) {
        return Shell.attempt("cat", cgroup(container) + "/freezer/container/cgroup.events")
                .output()
                .contains("frozen 1");
    }

    private static void freeze(String container, String cgroup) {
        Shell.run("sh", "-c", "echo 1 >\"$0\"", cgroup(container) + "/" + cgroup + "/cgroup.freeze");
    }

    private static void thaw(String container, String cgroup) {
        Shell.run("sh", "-c", "echo 0 >\"$0\"", cgroup(container) + "/" + cgroup + "/cgroup.freeze");
    }

    private static String cgroup(String container) {
        return "/sys/fs/cgroup" + SystemUnit.container(container).property("ControlGroup");
    }

    private static List<String> events(String service, String phase) {
        return Shell.run("journalctl", "--quiet", "--output=json", "SERVICE=" + service, "PHASE=" + phase)
                .lines()
                .map(line -> line.replace("\" : \"", "=").replace("\":\"", "="))
                .toList();
    }
}
