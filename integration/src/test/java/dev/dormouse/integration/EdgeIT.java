package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How clients are met: who wakes nothing, who is told to come again, and whom the container sees. */
@ExtendWith(LeavesNothing.class)
class EdgeIT {
    private static final int SILENT_CLIENTS = 200;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String PROXIED = """
            user root;
            events {}
            http {
              access_log off;
              server {
                listen 80 proxy_protocol;
                location / { return 200 "client $proxy_protocol_addr\\n"; }
              }
            }
            """;

    @Test
    void scannersWakeNothingAndHinderNobody() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try (NginxService nginx =
                NginxService.enable("guarded", 8040, "10m", "--allow-host", "localhost", "--connections-max", "100")) {
            for (int client = 0; client < 20; client++) {
                connect(nginx).close();
            }
            for (int client = 0; client < SILENT_CLIENTS; client++) {
                Socket half = connect(nginx);
                half.getOutputStream().write('G');
                silent.add(half);
            }
            assertThat(oversized(nginx)).isEmpty();
            assertThat(nginx.get().send().status()).as("another host").isEqualTo(421);
            assertThat(nginx.container().property("ActiveState")).isEqualTo("inactive");
            assertThat(Shell.run("docker", "ps", "--quiet")).isEmpty();

            assertThat(new HttpGet("localhost", nginx.port()).send().status())
                    .as(Shell.journal())
                    .isEqualTo(200);

            assertThat(Shell.run("journalctl", "--quiet", "--output=cat", "PHASE=filter", "SERVICE=guarded"))
                    .contains("clients not let in");
        } finally {
            for (Socket each : silent) {
                each.close();
            }
        }
    }

    @Test
    void aBrowserIsToldToComeAgainAndTheContainerWakesMeanwhile() {
        BusyboxImage.load();
        Shell.run(
                "docker",
                "create",
                "--name",
                "drowsy",
                "--stop-signal",
                "KILL",
                "busybox",
                "sh",
                "-c",
                "sleep 3; echo it is me >/tmp/index.html; exec httpd -f -p 80 -h /tmp");
        Shell.run(
                "dormouse",
                "enable",
                "drowsy",
                "--listen",
                "8041",
                "--port",
                "80",
                "--idle",
                "10m",
                "--waiting-page",
                "500ms");
        try (NginxService service = new NginxService("drowsy", 8041)) {
            String url = "http://127.0.0.1:" + service.port() + "/";
            String page = Shell.run("curl", "--silent", "--include", "--header", "Accept: text/html", url);
            assertThat(page).contains("503 ", "Retry-After: 1", "http-equiv=\"refresh\"", "drowsy is waking up");
            Await.until(
                    "the page itself is the container's",
                    () -> Shell.attempt("curl", "--silent", "--fail", "--header", "Accept: text/html", url)
                                    .exit()
                            == 0);
        }
    }

    @Test
    void nginxReadsWhoItsClientIs(@TempDir Path folder) throws IOException {
        NginxService.loadImage();
        Path file = Files.writeString(folder.resolve("nginx.conf"), PROXIED);
        Shell.run("docker", "create", "--name", "told", "--volume", file + ":/etc/nginx/nginx.conf:ro", "nginx");
        try (NginxService nginx = new NginxService("told", 8042)) {
            for (String version : List.of("v1", "v2")) {
                Shell.run(
                        "dormouse",
                        "enable",
                        "told",
                        "--listen",
                        "8042",
                        "--port",
                        "80",
                        "--idle",
                        "10m",
                        "--proxy-protocol",
                        version);
                assertThat(seen("--interface", "127.0.0.9", "http://127.0.0.1:" + nginx.port() + "/"))
                        .as(version)
                        .isEqualTo("client 127.0.0.9");
                assertThat(seen("http://[::1]:" + nginx.port() + "/"))
                        .as(version)
                        .isEqualTo("client ::1");
            }
        }
    }

    @Test
    void aGreedySourceWaitsForItselfAndNobodyWaitsForIt() throws IOException {
        try (NginxService nginx = NginxService.enable("fair", 8043, "10m", "--connections-max-per-source", "1")) {
            String url = "http://127.0.0.1:" + nginx.port() + "/";
            Socket first = connect(nginx);
            Socket second = connect(nginx);
            request(second);
            Await.until(
                    "the second is held back",
                    () -> metric("dormouse_clients_held_back").equals("1.0"));
            assertThat(Shell.run("curl", "--silent", "--show-error", "--fail", "--interface", "127.0.0.9", url))
                    .as("who came later from elsewhere")
                    .contains("nginx");
            // Not curl: where the reset comes before it has looked at its connect it says the same as of a refused one.
            assertThatThrownBy(() -> connect(nginx).getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");

            Shell.run("systemctl", "restart", "dormouse-activator.service");
            Await.until(
                    "it is held back by the next",
                    () -> metric("dormouse_clients_held_back").equals("1.0"));
            assertThat(metric("dormouse_clients_reset_total")).isEqualTo("1.0");
            first.close();
            assertThat(second.getInputStream().read()).as("its turn has come").isEqualTo('H');
            second.close();
        }
    }

    private static void request(Socket client) throws IOException {
        client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** That of the service. */
    private static String metric(String name) {
        String page = Shell.attempt(
                        "curl",
                        "--silent",
                        "--max-time",
                        "20",
                        "--unix-socket",
                        "/run/dormouse/activator/metrics",
                        "http://dormouse/metrics")
                .output();
        return page.lines()
                .filter(line -> line.startsWith(name + "{service=\"fair\"}"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElse("");
    }

    private static String seen(String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--fail"));
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }

    private static Socket connect(NginxService nginx) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), nginx.port()), PATIENCE_MILLIS);
        return socket;
    }

    /** What comes back for a header that does not end; a reset is as good as an end. */
    private static String oversized(NginxService nginx) throws IOException {
        try (Socket socket = connect(nginx)) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nX: " + "x".repeat(64 * 1024)).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return "";
        }
    }
}
