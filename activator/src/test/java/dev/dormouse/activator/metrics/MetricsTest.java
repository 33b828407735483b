package dev.dormouse.activator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.tally.Count;
import dev.dormouse.activator.tally.Phase;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.tally.Totals;
import dev.dormouse.activator.wake.WakeSlots;
import dev.dormouse.proxy.Loss;
import dev.dormouse.proxy.Traffic;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final Path DASHBOARD = Path.of("../docs/grafana.json");

    private final Tally tally = new Tally();
    private final WakeSlots slots = new WakeSlots(8, Runnable::run);
    private List<ServiceSnapshot> services = List.of();

    @TempDir
    private Path folder;

    @Test
    void theCountsGoOnAcrossLives() throws IOException {
        happen();
        MetricsLedger first = ledger();
        assertThat(text(first))
                .contains(
                        "dormouse_wakes_total{outcome=\"ready\",service=\"nginx\"} 1.0",
                        "dormouse_sent_bytes_total{service=\"nginx\"} 7.0",
                        "dormouse_cold_start_seconds_bucket{phase=\"ready\",le=\"0.15\"} 1",
                        "dormouse_cold_start_seconds_count{phase=\"ready\"} 1",
                        "dormouse_connections{service=\"nginx\"} 3.0",
                        "dormouse_datagrams_lost_total{outcome=\"held_over\",service=\"nginx\"} 6.0",
                        "dormouse_wake_slots 8.0");
        assertThat(text(first)).as("asking changes nothing").contains("service=\"nginx\"} 1.0");
        first.leave();

        assertThat(Files.readString(folder.resolve("metrics.txt")))
                .contains("dormouse_wakes_total{outcome=\"ready\",service=\"nginx\"} 1.0", "dormouse_services_held 0.0")
                .doesNotContain("dormouse_connections{");
        assertThat(Files.readString(folder.resolve("metrics.openmetrics"))).endsWith("# EOF\n");
        assertThat(text(ledger()))
                .as("one of each life")
                .contains("dormouse_wakes_total{outcome=\"ready\",service=\"nginx\"} 2.0");
    }

    @Test
    void theCountsOfAServiceThatIsGoneAreForgotten() {
        happen();
        ledger().leave();
        MetricsLedger next = new MetricsLedger(folder, () -> new Moment(Totals.NONE, List.of(), 0, 0, 1), _ -> false);

        assertThat(text(next)).doesNotContain("nginx").contains("dormouse_cold_start_seconds_count{phase=\"ready\"} 1");
    }

    @Test
    void aClientGetsTheFormThatItAcceptsAndNothingButMetrics() throws Exception {
        Path socket = folder.resolve("socket");
        Thread thread;
        try (MetricsServer server = MetricsServer.listen(socket, ledger(), Runnable::run)) {
            thread = Thread.ofPlatform().start(server::serve);
            assertThat(get(socket, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4");
            assertThat(get(
                            socket,
                            "GET /metrics HTTP/1.1\r\naccept: application/openmetrics-text;version=1.0.0\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\nContent-Type: application/openmetrics-text; version=1.0.0")
                    .endsWith("# EOF\n");
            assertThat(get(socket, "POST /metrics HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404");
            assertThat(get(socket, "GET /secret HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404");
        }
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void everyMetricOfTheDashboardExists() throws IOException {
        happen();
        Set<String> there = names(text(ledger()));
        Set<String> shown = names(Files.readString(DASHBOARD));

        assertThat(shown).hasSizeGreaterThan(8);
        assertThat(there).containsAll(shown);
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile("dormouse_[a-z_]+").matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private void happen() {
        tally.wake("nginx", "ready");
        tally.count(Count.IDLE_STOPS, "nginx");
        tally.count(Count.CONNECT_FAILURES, "nginx");
        tally.count(Count.CLIENTS_CLOSED, "nginx");
        tally.took(Phase.READY, Duration.ofMillis(120));
        services = List.of(new ServiceSnapshot(
                "nginx", "awake", 3, 0, 1, Optional.empty(), new Traffic(4, 5, 7), Map.of(Loss.HELD_OVER, 6L)));
    }

    private MetricsLedger ledger() {
        return new MetricsLedger(folder, () -> Moment.now(tally, services, slots), _ -> true);
    }

    private static String text(MetricsLedger ledger) {
        return new String(ledger.page(MetricsFormat.TEXT), StandardCharsets.UTF_8);
    }

    private static String get(Path socket, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
