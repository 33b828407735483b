package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A DNS server that sleeps: Debian's dnsmasq, asked once each time. */
@ExtendWith(LeavesNothing.class)
class UdpIT {
    private static final String ADDRESS = "192.0.2.53";
    private static final String NAME = "asleep.test";

    @Test
    void theFirstQuestionIsAnsweredAndTheAnswerComesFromTheAddressThatWasAsked() throws IOException {
        loadImage();
        Shell.run("docker", "create", "--name", "dns", "dns");
        // No --port: its image exposes 53 of both.
        Shell.run(
                "dormouse",
                "enable",
                "dns",
                "--listen",
                "8053/udp",
                "--listen",
                "8053",
                "--idle",
                "1s",
                "--udp-timeout",
                "1s");
        try (NginxService dns = new NginxService("dns", 8053)) {
            assertThat(dns.container().property("ActiveState")).isEqualTo("inactive");
            assertThat(DnsQuestion.once("127.0.0.1", dns.port(), NAME))
                    .as(Shell.journal())
                    .isEqualTo(ADDRESS);
            assertThat(Shell.run("docker", "logs", "dns"))
                    .as("the server sees the bridge's address, as of any proxy")
                    .contains("from 172.17.0.1");

            dns.awaitAsleep();
            for (String asked : new String[] {"127.0.0.7", "::1", "172.17.0.1"}) {
                assertThat(DnsQuestion.once(asked, dns.port(), NAME)).as(asked).isEqualTo(ADDRESS);
            }
            assertThat(DnsQuestion.byTcp("127.0.0.1", dns.port(), NAME)).isEqualTo(ADDRESS);

            dns.awaitAsleep();
            try (DnsQuestion one = new DnsQuestion("127.0.0.1", dns.port());
                    DnsQuestion other = new DnsQuestion("127.0.0.1", dns.port())) {
                one.ask(NAME);
                other.ask(NAME);
                assertThat(other.answer()).isEqualTo(ADDRESS);
                assertThat(one.answer()).isEqualTo(ADDRESS);
            }
        }
    }

    @Test
    void aLabelIsEnoughAndTheSocketOutlivesTheActivator() throws IOException {
        loadImage();
        Shell.run(
                "docker",
                "create",
                "--name",
                "labelled-dns",
                "--label",
                "dormouse.listen=127.0.0.1:8054/udp",
                "--label",
                "dormouse.udp-timeout=1h",
                "dns");
        Shell.run("systemctl", "start", "dormouse-metrics.socket");
        try (DnsQuestion question = new DnsQuestion("127.0.0.1", 8054)) {
            question.ask(NAME);
            assertThat(question.answer()).as(Shell.journal()).isEqualTo(ADDRESS);
            assertThat(metrics()).contains("dormouse_connections{service=\"labelled-dns\"} 1.0");
            Shell.run("systemctl", "restart", "dormouse-activator.service");
            question.ask(NAME);
            assertThat(question.answer()).isEqualTo(ADDRESS);
            assertThat(metrics()).contains("dormouse_clients_total{service=\"labelled-dns\"} 2.0");
        } finally {
            Shell.run("docker", "rm", "--force", "labelled-dns");
            Shell.run("systemctl", "stop", "dormouse-metrics.socket");
        }
    }

    private static String metrics() {
        return Shell.run(
                "curl", "--silent", "--fail", "--unix-socket", "/run/dormouse/metrics", "http://localhost/metrics");
    }

    private static void loadImage() {
        if (Shell.attempt("docker", "image", "inspect", "dns").exit() != 0) {
            String file = Shell.run(
                    Shell.PROJECT.resolve("examples/dns/image").toString(),
                    Shell.PROJECT.resolve("examples/dns/target").toString());
            Shell.run(
                    "docker",
                    "import",
                    "--change",
                    "EXPOSE 53/udp",
                    "--change",
                    "EXPOSE 53/tcp",
                    "--change",
                    "CMD [\"/usr/sbin/dnsmasq\", \"--keep-in-foreground\"]",
                    file.strip(),
                    "dns:latest");
        }
    }
}
