package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who wakes a service and is served, and who is not, by real clients of TLS and from several addresses. */
@ExtendWith(LeavesNothing.class)
class WakeFilterIT {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String SECURED = """
            user root;
            events {}
            http {
              access_log off;
              server {
                listen 443 ssl;
                ssl_certificate /tls/certificate.pem;
                ssl_certificate_key /tls/key.pem;
                location / { return 200 "for $ssl_server_name"; }
              }
            }
            """;

    @BeforeEach
    void listenForMetrics() {
        Shell.run("systemctl", "start", "dormouse-metrics.socket");
    }

    @AfterEach
    void stop() {
        Shell.run("systemctl", "stop", "dormouse-metrics.socket");
    }

    @Test
    void onlyWhoAsksForTheNameInTlsWakes(@TempDir Path folder) throws IOException {
        NginxService.loadImage();
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), SECURED);
        Path certificate = folder.resolve("certificate.pem");
        makeCertificate("web.test", certificate, folder.resolve("key.pem"));
        Shell.run(
                "docker",
                "create",
                "--name",
                "secured",
                "--volume",
                configuration + ":/etc/nginx/nginx.conf:ro",
                "--volume",
                folder + ":/tls:ro",
                "nginx");
        try (NginxService nginx = new NginxService("secured", 8046)) {
            enable(nginx, "443", "--allow-sni", "web.test");
            long sni = filtered("secured", "sni");
            long protocol = filtered("secured", "protocol");
            assertNobodyElseIsServed(nginx, certificate);
            assertThat(nginx.container().isInactive()).as("asleep").isTrue();
            awaitFiltered("secured", "sni", sni + 2);
            awaitFiltered("secured", "protocol", protocol + 2);

            Shell.Result served = byTls(nginx, "web.test", certificate);
            assertThat(served.output()).as(Shell.journal()).isEqualTo("for web.test");

            assertNobodyElseIsServed(nginx, certificate);
            awaitFiltered("secured", "sni", sni + 4);
            awaitFiltered("secured", "protocol", protocol + 4);
            assertThat(journal("secured")).contains("clients not let in: sni");
        }
    }

    @Test
    void onlyWhoComesFromTheNetworkWakes() {
        NginxService.loadImage();
        Shell.run("docker", "create", "--name", "near", "nginx");
        try (NginxService nginx = new NginxService("near", 8047)) {
            enable(nginx, "80", "--allow-from", "::/0");
            long source = filtered("near", "source");
            assertThat(from("127.0.0.9", "127.0.0.1", nginx).exit())
                    .as("IPv4 on a socket of both is no IPv6")
                    .isNotZero();
            assertThat(nginx.container().isInactive()).as("asleep").isTrue();

            enable(nginx, "80", "--allow-from", "127.0.0.9");
            assertThat(from("127.0.0.1", "127.0.0.1", nginx).exit()).isNotZero();
            assertThat(from("::1", "[::1]", nginx).exit()).isNotZero();
            assertThat(nginx.container().isInactive()).as("asleep").isTrue();
            awaitFiltered("near", "source", source + 3);
            assertThat(journal("near")).contains("clients not let in: source");

            assertThat(from("127.0.0.9", "127.0.0.1", nginx).output())
                    .as(Shell.journal())
                    .contains("Welcome to nginx!");
            assertThat(from("127.0.0.1", "127.0.0.1", nginx).exit())
                    .as("of an awake one")
                    .isNotZero();
            awaitFiltered("near", "source", source + 4);
        }
    }

    private static void enable(NginxService service, String port, String... filter) {
        List<String> command = new ArrayList<>(List.of("dormouse", "enable", service.name()));
        command.addAll(List.of("--listen", Integer.toString(service.port()), "--port", port, "--idle", "10m"));
        command.addAll(List.of(filter));
        Shell.run(command.toArray(String[]::new));
    }

    /** Another name, none, plain HTTP, and a scanner: two that are turned away for the name, two for the protocol. */
    private static void assertNobodyElseIsServed(NginxService nginx, Path certificate) throws IOException {
        assertThat(byTls(nginx, "other.test", certificate).exit())
                .as("curl's CURLE_SSL_CONNECT_ERROR")
                .isEqualTo(35);
        assertThat(Shell.attempt("openssl", "s_client", "-noservername", "-connect", "127.0.0.1:" + nginx.port())
                        .output())
                .contains("unrecognized name")
                .contains("no peer certificate available");
        assertThat(nginx.get().send().status()).as("plain HTTP").isEqualTo(400);
        assertThat(said("SSH-2.0-scanner\r\n", nginx)).isEmpty();
    }

    private static Shell.Result byTls(NginxService nginx, String name, Path certificate) {
        return Shell.attempt(
                "curl",
                "--silent",
                "--show-error",
                "--fail",
                "--cacert",
                certificate.toString(),
                "--resolve",
                name + ":" + nginx.port() + ":127.0.0.1",
                "https://" + name + ":" + nginx.port() + "/");
    }

    /** What comes back; who is closed on without an answer is reset, as its bytes were not read (decision 15). */
    private static String said(String text, NginxService nginx) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), nginx.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return "";
        }
    }

    private static Shell.Result from(String source, String host, NginxService nginx) {
        return Shell.attempt(
                "curl",
                "--silent",
                "--show-error",
                "--fail",
                "--interface",
                source,
                "http://" + host + ":" + nginx.port() + "/");
    }

    private static void makeCertificate(String name, Path certificate, Path key) {
        Shell.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:" + name,
                "-out",
                certificate.toString(),
                "-keyout",
                key.toString());
    }

    /** The counts outlast the activator, and are of all who have had the service's name. */
    private static long filtered(String service, String reason) {
        Matcher matcher = Pattern.compile("dormouse_clients_filtered_total\\{outcome=\"" + reason + "\",service=\""
                        + service + "\"} (\\d+)")
                .matcher(SeeingIT.metrics("text/plain"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** A client is counted a moment after it has been answered. */
    private static void awaitFiltered(String service, String reason, long number) {
        Await.until(
                number + " clients of " + service + " are counted for " + reason,
                () -> filtered(service, reason) == number);
    }

    private static String journal(String service) {
        return Shell.run("journalctl", "--quiet", "--output=cat", "PHASE=filter", "SERVICE=" + service);
    }
}
