package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk, half-close and a stalled client through dormouse-proxy as systemd-socket-activate starts it. */
class BulkProxyIT {
    private static final long BULK = 200L * 1024 * 1024;
    private static final int LISTEN = 9001;

    private ServerSocket backend;
    private Process proxy;

    @BeforeEach
    void start() throws IOException {
        backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = new ProcessBuilder(
                        "systemd-socket-activate",
                        "--listen=127.0.0.1:" + LISTEN,
                        "dormouse-proxy",
                        "127.0.0.1:" + backend.getLocalPort())
                .inheritIO()
                .start();
        Await.until(
                "port " + LISTEN + " listens",
                () -> Shell.run("ss", "-Hltn", "sport = :" + LISTEN).contains("LISTEN"));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.destroy();
        proxy.waitFor();
        backend.close();
    }

    @Test
    void twoHundredMegabytesEachWayAtOnceArriveWhole() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), LISTEN);
                Socket server = backend.accept()) {
            Future<String> up = threads.submit(() -> send(client, 1));
            Future<String> down = threads.submit(() -> send(server, 2));
            Future<String> upReceived = threads.submit(() -> receive(server));
            Future<String> downReceived = threads.submit(() -> receive(client));
            assertThat(upReceived.get()).isEqualTo(up.get());
            assertThat(downReceived.get()).isEqualTo(down.get());
        }
    }

    @Test
    void aHalfClosedClientStillGetsItsAnswer() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), LISTEN);
                Socket server = backend.accept()) {
            client.getOutputStream().write('q');
            client.shutdownOutput();
            assertThat(server.getInputStream().readAllBytes()).containsExactly('q');
            server.getOutputStream().write('a');
            server.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).containsExactly('a');
        }
    }

    @Test
    @SuppressWarnings("try") // it leaves while the backend still sends
    void aStalledClientStopsTheBackendAndNobodyElse() throws Exception {
        try (Socket stalled = new Socket(InetAddress.getLoopbackAddress(), LISTEN);
                Socket flooding = backend.accept()) {
            assertThat(stalled.isConnected()).isTrue();
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> floodUntilClosed(flooding));
            try (Socket other = new Socket(InetAddress.getLoopbackAddress(), LISTEN);
                    Socket server = backend.accept()) {
                server.getOutputStream().write('x');
                assertThat(other.getInputStream().read()).isEqualTo('x');
            }
            assertThat(flood).as("back-pressure reached the backend").isNotDone();
            long resident =
                    Long.parseLong(Shell.run("ps", "--no-headers", "-o", "rss", "--pid", Long.toString(proxy.pid()))
                            .strip());
            assertThat(resident).as("kB").isLessThan(150_000);
            stalled.close();
            assertThat(flood).failsWithin(Duration.ofSeconds(60));
        }
    }

    private static void floodUntilClosed(Socket socket) {
        byte[] block = new byte[65_536];
        try {
            for (long sent = 0; sent < BULK; sent += block.length) {
                socket.getOutputStream().write(block);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the flood ended, as it should once the client left", e);
        }
    }

    private static String send(Socket socket, long seed) throws Exception {
        Random random = new Random(seed);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 16];
        OutputStream out = socket.getOutputStream();
        for (long sent = 0; sent < BULK; sent += block.length) {
            random.nextBytes(block);
            digest.update(block);
            out.write(block);
        }
        socket.shutdownOutput();
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String receive(Socket socket) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 16];
        InputStream in = socket.getInputStream();
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            digest.update(block, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
