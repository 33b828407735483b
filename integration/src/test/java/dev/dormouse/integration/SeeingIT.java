package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be seen of wakes. */
@ExtendWith(LeavesNothing.class)
class SeeingIT {
    @BeforeEach
    void start() {
        Shell.run("systemctl", "start", "dormouse-metrics.socket");
    }

    @AfterEach
    void stop() {
        Shell.run("systemctl", "stop", "dormouse-metrics.socket");
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
                    "\"CONTAINER_ID\":\"" + Shell.inspect("seen", "{{.Id}}") + "\"",
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

    /** Those of the machine, whose socket must be listening. */
    static String metrics(String accept) {
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
