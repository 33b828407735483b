package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine leaves when nobody needs it, and nobody notices. */
@ExtendWith(LeavesNothing.class)
class OnDemandEngineIT {
    private static final SystemUnit SOCKET = new SystemUnit("dormouse.socket");

    @Test
    void anIdleEngineLeavesAndTheNextClientBringsItBack() throws Exception {
        try (EngineOptions _ = EngineOptions.of("--exit-idle-time=1s", "");
                Project shop = new Project().run("db", "", 5, Project.endsAfter(0))) {
            SystemUnit.ENGINE.awaitInactive();
            assertThat(SystemUnit.ENGINE.property("Result")).isEqualTo("success");
            assertThat(SystemUnit.ENGINE.property("ExecMainStatus")).isEqualTo("0");
            assertThat(SystemUnit.ENGINE.property("NRestarts")).isEqualTo("0");
            assertThat(SOCKET.property("SubState")).isEqualTo("listening");
            assertThat(shop.allRun()).isTrue();
            assertThat(Shell.run("docker", "ps", "--format", "{{.Names}}")).isEqualTo("db");
        }
    }

    @Test
    void withoutLiveRestoreARunningContainerKeepsIt() throws Exception {
        try (EngineOptions _ = EngineOptions.of("--debug --exit-idle-time=200ms --live-restore=false", "");
                Project shop = new Project().run("db", "", 5, Project.endsAfter(0))) {
            Await.until(
                    "it has been idle",
                    () -> engineLog(50)
                            .contains("idle, but needed: without live-restore, running containers end with it"));
            assertThat(SystemUnit.ENGINE.isActive()).isTrue();
            assertThat(shop.allRun()).isTrue();
        }
    }

    private static String engineLog(int lines) {
        return Shell.run("journalctl", "--no-pager", "--unit=dormouse.service", "--output=cat", "--lines=" + lines);
    }

    @Test
    void twoHundredRequestsAroundItsExitsAreAllAnswered() throws Exception {
        Instant begin = Instant.now();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        try (EngineOptions _ = EngineOptions.of("--exit-idle-time=40ms", "");
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 2; client++) {
                clients.execute(() -> hundredRequests(failures));
            }
        }
        assertThat(List.copyOf(failures)).isEmpty();
        assertThat(SOCKET.isActive()).isTrue();
        Shell.run("journalctl", "--sync");
        assertThat(Shell.run(
                                "journalctl",
                                "--unit=dormouse.service",
                                "--output=cat",
                                "--since=@" + begin.getEpochSecond(),
                                "--grep=the engine ends: nobody needs it")
                        .lines()
                        .count())
                .as("exits among the requests")
                .isGreaterThan(10);
    }

    /** Pauses of about the idle time, so that many of them meet an engine that is just leaving. */
    private static void hundredRequests(Queue<String> failures) {
        for (int i = 0; i < 100; i++) {
            try {
                String answer = ping();
                if (!answer.startsWith("HTTP/1.1 200") || !answer.endsWith("OK")) {
                    failures.add("answer: " + answer);
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
            LockSupport.parkNanos(
                    ThreadLocalRandom.current().nextLong(Duration.ofMillis(500).toNanos()));
        }
    }

    private static String ping() throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(UnixDomainSocketAddress.of(Path.of("/run/dormouse/docker.sock")))) {
            channel.write(ByteBuffer.wrap(
                    "GET /_ping HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            int read = 0;
            while (read >= 0) {
                read = channel.read(answer);
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void eventsSpanEnginesAndAnExitWithoutOneIsToldOnceWithItsTime() throws Exception {
        long begin = Instant.now().getEpochSecond();
        try (EngineOptions _ = EngineOptions.of("--exit-idle-time=500ms", "");
                Project _ = new Project().run("db", "", 5, Project.endsAfter(0))) {
            Shell.attempt("kill", "-KILL", SystemUnit.ENGINE.property("MainPID"));
            Await.until("no engine", () -> !events(begin).isEmpty());
            SystemUnit.ENGINE.awaitInactive();
            SystemUnit.container("db").stop();
            assertThat(SystemUnit.ENGINE.isInactive()).as("nobody asked it").isTrue();

            List<String> told = events(begin);
            assertThat(told).containsSubsequence("create db", "start db", "die db 0");
            assertThat(told).filteredOn(event -> event.startsWith("die")).hasSize(1);
            assertThat(told).filteredOn(event -> event.startsWith("start")).hasSize(1);
            Instant at = Instant.ofEpochSecond(0, Long.parseLong(dieTime(begin)));
            assertThat(at).isEqualTo(Project.finished("db"));

            Shell.attempt("kill", "-KILL", SystemUnit.ENGINE.property("MainPID"));
            assertThat(events(begin)).isEqualTo(told);
            SystemUnit.ENGINE.awaitInactive();
            assertThat(events(begin)).isEqualTo(told);
        }
    }

    private static List<String> events(long since) {
        return query(since, "{{.Action}} {{.Actor.Attributes.name}} {{with .Actor.Attributes.exitCode}}{{.}}{{end}}")
                .lines()
                .map(String::strip)
                .filter(event -> !event.startsWith("attach"))
                .toList();
    }

    private static String dieTime(long since) {
        return query(since, "{{if eq .Action \"die\"}}{{.TimeNano}}{{end}}").strip();
    }

    private static String query(long since, String format) {
        return Shell.run(
                "docker",
                "events",
                "--since",
                Long.toString(since),
                "--until",
                Instant.now().toString(),
                "--filter",
                "container=db",
                "--format",
                format);
    }
}
