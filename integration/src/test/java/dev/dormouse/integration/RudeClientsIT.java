package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that do not behave cost neither the others nor the machine anything. A head that never ends is {@link EdgeIT}'s. */
@ExtendWith(LeavesNothing.class)
class RudeClientsIT {
    private static final int LORISES = 40;
    private static final int COME_AND_GO = 400;
    private static final int OVERSIZED = 1024 * 1024;
    private static final int PATIENCE_MILLIS = (int) Duration.ofMinutes(2).toMillis();
    private static final Path PAGES = Path.of("/run/dormouse-rude");
    private static final Path EVENTS = Path.of("/var/lib/dormouse/activator/events/events.jsonl");
    private static final Path DROP_INS = Path.of("/etc/systemd/system/dormouse-proxy@vanished.socket.d");

    @AfterEach
    void takeAway() {
        Shell.run("rm", "-rf", PAGES.toString(), DROP_INS.toString());
        Shell.run("systemctl", "daemon-reload");
    }

    @Test
    void slowLorisesBeforeAFilterWakeNothingAndKeepNobodyOut() throws Exception {
        try (NginxService nginx = NginxService.enable(
                        "besieged",
                        8130,
                        "300ms",
                        "--allow-host",
                        "localhost",
                        "--min-bytes",
                        "20",
                        "--connections-max",
                        Integer.toString(LORISES));
                Loris lorises = new Loris(nginx.port(), LORISES)) {
            lorises.awaitDrips();
            assertThat(nginx.container().property("ActiveState")).isEqualTo("inactive");

            HttpGet get = new HttpGet("localhost", nginx.port(), Duration.ofMinutes(2));
            assertThat(get.send().status()).isEqualTo(200);
            nginx.container().awaitInactive();
            assertThat(get.send().status()).as("again").isEqualTo(200);
            lorises.awaitDrips();
        }
    }

    @Test
    void halfClosedOversizedAndFleetingClients() throws Exception {
        echo();
        try (NginxService echo = new NginxService("echo", 8132)) {
            byte[] sent = new byte[OVERSIZED];
            new Random(1).nextBytes(sent);
            assertThat(echoed(sent, true)).as("sent before the container is up").isEqualTo(sent);
            assertThat(echoed(sent, false)).as("sent to one that is up").isEqualTo(sent);
            assertThat(echoed("few".getBytes(StandardCharsets.US_ASCII), true))
                    .asString()
                    .isEqualTo("few");

            try (Socket keepsItAwake = connect()) {
                assertThat(echoed(sent, true)).isEqualTo(sent);
                awaitTold("echo");
                long before = descriptors();
                for (int client = 0; client < COME_AND_GO; client++) {
                    comeAndGo(client);
                }
                Await.until("no descriptor is left over", () -> descriptors() <= before);
                assertThat(keepsItAwake.isConnected()).isTrue();
            }
            echo.awaitAsleep();

            for (int client = 0; client < COME_AND_GO; client++) {
                comeAndGo(client);
            }
            assertThat(echoed(sent, true))
                    .as("after many who did not wait for it")
                    .isEqualTo(sent);
            echo.awaitAsleep();
            assertThat(Shell.run("systemctl", "list-units", "--failed", "--plain", "--no-legend", "dormouse*"))
                    .isEmpty();
        }
    }

    /** What a socket unit says of keepalive holds, so this does not take the two minutes of the default. */
    @Test
    void aSlowLorisHasItsPlaceAndNoMoreAndWhoVanishesLosesIt() throws Exception {
        Files.createDirectories(DROP_INS);
        Files.writeString(DROP_INS.resolve("keep-alive.conf"), """
                [Socket]
                KeepAlive=yes
                KeepAliveTimeSec=1
                KeepAliveIntervalSec=1
                KeepAliveProbes=2
                """);
        try (NginxService nginx = NginxService.enable("vanished", 8131, "300ms");
                DistantClient client = DistantClient.connect(nginx.port())) {
            assertThat(client.answer()).startsWith("HTTP/1.1 200");
            String run = nginx.container().property("InvocationID");
            try (Loris lorises = new Loris(nginx.port(), LORISES)) {
                for (int round = 0; round < 5; round++) {
                    lorises.awaitDrips();
                    assertThat(nginx.get().send().status()).isEqualTo(200);
                }
            }
            Pause.of(2_000);
            assertThat(nginx.container().property("InvocationID"))
                    .as("nobody else is there, but one who is silent")
                    .isEqualTo(run);
            assertThat(nginx.container().isActive()).isTrue();

            client.vanish();
            nginx.awaitAsleep();
            assertThat(client.isConnected()).as("as far as it knows").isTrue();
        }
    }

    /** A service that answers with what it is sent. */
    private static void echo() throws IOException {
        BusyboxImage.load();
        Path script = Files.createDirectories(PAGES.resolve("cgi-bin")).resolve("echo");
        Files.writeString(script, "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\nexec cat\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Shell.docker(
                "create",
                "--name",
                "echo",
                "--volume",
                PAGES + ":/www:ro",
                "--label",
                "dormouse.listen=8132",
                "--label",
                "dormouse.port=80",
                "--label",
                "dormouse.idle=500ms",
                "busybox",
                "sh",
                "-c",
                "trap 'exit 0' TERM; httpd -f -p 80 -h /www & wait");
    }

    private static byte[] echoed(byte[] body, boolean halfClosed) throws IOException {
        try (Socket socket = connect()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(
                    () -> send(socket, body, halfClosed),
                    task -> Thread.ofVirtual().start(task));
            byte[] answer = socket.getInputStream().readAllBytes();
            sending.join();
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            assertThat(text).startsWith("HTTP/1.1 200 OK");
            return text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static void send(Socket socket, byte[] body, boolean halfClosed) {
        try {
            socket.getOutputStream()
                    .write(("POST /cgi-bin/echo HTTP/1.1\r\nHost: echo\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            if (halfClosed) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every other one breaks its connection off. */
    private static void comeAndGo(int client) throws IOException {
        try (Socket socket = connect()) {
            if (client % 2 == 0) {
                socket.setSoLinger(true, 0);
            }
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8132), PATIENCE_MILLIS);
        return socket;
    }

    /** Sockets and pipes that the activator has; its JVM opens a jar when it first needs it. */
    private static long descriptors() {
        try (Stream<Path> files = Files.list(Path.of("/proc", SystemUnit.ACTIVATOR.property("MainPID"), "fd"))) {
            return files.map(RudeClientsIT::target)
                    .filter(target -> target.startsWith("socket:") || target.startsWith("pipe:"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException _) {
            return "closed meanwhile";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What tells of a wake keeps a socket from the first time on. */
    private static void awaitTold(String service) {
        Await.until("the wake is told of", () -> {
            try {
                return Files.readString(EVENTS).contains("\"service\":\"" + service + "\"");
            } catch (NoSuchFileException _) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
