package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of an HTTP service that stay connected, and others that come and go all the while. */
final class KeptConnections implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private final CompletableFuture<Void> coming;

    KeptConnections(int port, int count) throws IOException {
        this.port = port;
        for (int number = 0; number < count; number++) {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        }
        askOnEach();
        coming = CompletableFuture.runAsync(
                this::comeAndGo, task -> Thread.ofPlatform().start(task));
    }

    /** Each is asked and answers on the connection that it has. */
    void askOnEach() throws IOException {
        for (Socket socket : sockets) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: kept\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        for (Socket socket : sockets) {
            assertThat(statusLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    /** A few more have come and been served since the call. */
    void awaitNewcomers() {
        int before = served.get();
        Await.until("newcomers are served", () -> served.get() > before + 3 || coming.isDone());
    }

    /** Nobody was turned away. */
    void assertEverybodyWasServed() {
        over.set(true);
        coming.join();
    }

    private void comeAndGo() {
        try {
            while (!over.get()) {
                assertThat(new HttpGet("127.0.0.1", port).send().status()).isEqualTo(200);
                served.incrementAndGet();
            }
        } catch (IOException e) {
            throw new AssertionError("a client was turned away after " + served + " others: " + e, e);
        }
    }

    /** Reads one answer whole. */
    private static String statusLine(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.startsWith("Content-Length: ")) {
                length = Integer.parseInt(header.substring("Content-Length: ".length()));
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        over.set(true);
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
