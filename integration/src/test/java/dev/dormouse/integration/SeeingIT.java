package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be seen of wakes, and how many there are at a time. */
@ExtendWith(LeavesNothing.class)
class SeeingIT {
    private static final Path MAX_WAKES = Path.of("/etc/dormouse/max-wakes");
    private static final Path SLOTS = Path.of("/run/dormouse/slots");
    private static final int AT_A_TIME = 2;
    private static final int FIRST_PORT = 8200;
    private static final int CLIENTS_EACH = 5;
    /** 200 for the whole of it: -Ddormouse.herd=200. */
    private static final int HERD = Integer.getInteger("dormouse.herd", 8);

    @BeforeEach
    void start() {
        Shell.run("systemctl", "start", "dormouse-metrics.socket");
    }

    @AfterEach
    void stop() throws IOException {
        Shell.run("systemctl", "stop", "dormouse-metrics.socket");
        Files.deleteIfExists(MAX_WAKES);
    }

    @Test
    void aWakeIsSeenInMetricsJournalAndStatusAndItsCountsOutlastTheActivator() throws Exception {
        try (NginxService nginx = NginxService.enable("seen", 8100, "8s")) {
            SystemUnit.ACTIVATOR.awaitInactive();
            long before = wakes("seen");
            assertThat(SystemUnit.ACTIVATOR.isInactive())
                    .as("asking wakes nothing")
                    .isTrue();

            assertThat(nginx.get().send().status()).isEqualTo(200);
            Await.until("the wake is told of", () -> !journal("seen", "wake").isEmpty());

            String event = journal("seen", "wake");
            for (String field : List.of(
                    "\"OUTCOME\":\"ready\"",
                    "\"CONTAINER_ID\":\"" + Shell.run("docker", "inspect", "--format", "{{.Id}}", "seen") + "\"",
                    "\"_SYSTEMD_UNIT\":\"dormouse-activator.service\"")) {
                assertThat(event.replace(" ", "")).contains(field);
            }
            assertThat(List.of(
                            micros(event, "QUEUE_USEC"),
                            micros(event, "CREATE_USEC"),
                            micros(event, "READY_USEC"),
                            micros(event, "FIRST_BYTE_USEC")))
                    .isSorted()
                    .first()
                    .isEqualTo(0L);
            assertThat(micros(event, "UNIT_USEC")).isGreaterThan(micros(event, "CREATE_USEC"));
            assertThat(Shell.run("dormouse", "status", "seen"))
                    .containsPattern(
                            "last wake: queue 0 ms, create \\d+ ms, unit \\d+ ms, ready \\d+ ms, first byte \\d+ ms");
            assertThat(wakes("seen")).isEqualTo(before + 1);
            String metrics = metrics("application/openmetrics-text;version=1.0.0");
            assertThat(metrics)
                    .contains("dormouse_connections{service=\"seen\"}", "dormouse_sent_bytes_total{service=\"seen\"}")
                    .endsWith("# EOF");

            nginx.awaitAsleep();
            SystemUnit.ACTIVATOR.awaitInactive();
            assertThat(journal("seen", "sleep")).contains("asleep");
            assertThat(wakes("seen")).as("after the activator's end").isEqualTo(before + 1);
            assertThat(metrics("text/plain")).contains("dormouse_services_held 0.0");
            assertThat(SystemUnit.ACTIVATOR.isInactive()).isTrue();

            assertThat(nginx.get().send().status()).isEqualTo(200);
            assertThat(wakes("seen")).as("in the next life").isEqualTo(before + 2);
        }
    }

    @Test
    void manyServicesThatWakeAtOnceDoSoAFewAtATimeAndAllClientsAreServed() throws Exception {
        BusyboxImage.load();
        Files.writeString(MAX_WAKES, AT_A_TIME + "\n");
        SystemUnit.ACTIVATOR.stop();
        List<NginxService> herd = new ArrayList<>();
        AtomicLong most = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        Thread watcher = Thread.ofPlatform().daemon().unstarted(() -> {
            while (!over.get()) {
                most.accumulateAndGet(slots(), Math::max);
            }
        });
        try {
            for (int number = 0; number < HERD; number++) {
                herd.add(member(number));
            }
            watcher.start();
            List<Future<HttpGet.Answer>> answers = new ArrayList<>();
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int round = 0; round < CLIENTS_EACH; round++) {
                    herd.forEach(service -> answers.add(clients.submit(service.get()::send)));
                }
            }
            for (Future<HttpGet.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(404);
            }
            assertThat(most).as("containers being started at a time").hasValueBetween(1, AT_A_TIME);
            String metrics = metrics("text/plain");
            assertThat(metrics).contains("dormouse_wake_slots " + AT_A_TIME);
            Await.until(
                    "all wakes are told of",
                    () -> herd.stream()
                            .noneMatch(
                                    service -> journal(service.name(), "wake").isEmpty()));
            assertThat(herd)
                    .as("who had to wait for its turn")
                    .filteredOn(service -> micros(journal(service.name(), "wake"), "QUEUE_USEC") > 0)
                    .hasSizeGreaterThan(HERD / 3);
        } finally {
            over.set(true);
            herd.forEach(NginxService::close);
        }
    }

    private static NginxService member(int number) {
        String name = "herd" + number;
        Shell.run(
                "docker",
                "create",
                "--name",
                name,
                "--expose",
                "80",
                "busybox",
                "httpd",
                "-f",
                "-p",
                "80",
                "-h",
                "/tmp");
        Shell.run("dormouse", "enable", name, "--listen", Integer.toString(FIRST_PORT + number), "--idle", "10m");
        return new NginxService(name, FIRST_PORT + number);
    }

    private static long slots() {
        try (Stream<Path> files = Files.list(SLOTS)) {
            return files.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String metrics(String accept) {
        return Shell.run(
                "curl",
                "--silent",
                "--fail",
                "--max-time",
                "20",
                "--header",
                "Accept: " + accept,
                "--unix-socket",
                "/run/dormouse/metrics",
                "http://dormouse/metrics");
    }

    private static long wakes(String service) {
        Matcher matcher = Pattern.compile(
                        "dormouse_wakes_total\\{outcome=\"ready\",service=\"" + service + "\"} (\\d+)")
                .matcher(metrics("text/plain"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** The newest event, as JSON; empty if there is none. */
    private static String journal(String service, String phase) {
        return Shell.attempt(
                        "journalctl",
                        "--quiet",
                        "--boot",
                        "--lines=1",
                        "--output=json",
                        "SERVICE=" + service,
                        "PHASE=" + phase)
                .output();
    }

    private static long micros(String event, String field) {
        Matcher matcher =
                Pattern.compile("\"" + field + "\"\\s*:\\s*\"(\\d+)\"").matcher(event);
        assertThat(matcher.find()).as(field + " in " + event).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
