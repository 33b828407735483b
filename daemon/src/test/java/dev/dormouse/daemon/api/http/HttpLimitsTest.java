package dev.dormouse.daemon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HttpLimitsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: d\r\n\r\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(
                request -> new Reply.Bytes(200, "text/plain", request.body().readAllBytes().length + " bytes read"),
                Map.of(),
                new HttpLimits(Duration.ofMillis(300), 3));
        server.listen(new ListeningSocket.Unix(folder.resolve("http.sock")));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("http.sock")));
    }

    private static void send(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String read(SocketChannel client) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        client.read(buffer);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    }

    @Test
    void aHeadThatDoesNotEndIsCutOffAndHoldsUpNobody() throws Exception {
        try (SocketChannel slow = connect();
                SocketChannel other = connect()) {
            send(slow, "GET / HTTP/1.1\r\nHost: d\r\nX-Slow: ");
            send(other, GET);
            assertThat(read(other)).startsWith("HTTP/1.1 200");
            assertThat(read(slow))
                    .startsWith("HTTP/1.1 408")
                    .contains("the request's head was not complete within 300 ms");
            assertThat(slow.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            send(other, GET);
            assertThat(read(other)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyAndTheTimeBetweenRequestsMayBeLonger() throws Exception {
        try (SocketChannel silent = connect();
                SocketChannel uploading = connect();
                SocketChannel clock = connect()) {
            send(silent, GET);
            assertThat(read(silent)).startsWith("HTTP/1.1 200");
            send(uploading, "POST / HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\n\r\na");
            // Longer than the limit: another client's head has been cut off by then.
            send(clock, "GET");
            assertThat(read(clock)).startsWith("HTTP/1.1 408");
            send(uploading, "b");
            assertThat(read(uploading)).contains("2 bytes read");
            send(silent, GET);
            assertThat(read(silent)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                clients.add(connect());
                send(clients.getLast(), GET);
                assertThat(read(clients.getLast())).startsWith("HTTP/1.1 200");
            }
            try (SocketChannel refused = connect()) {
                assertThat(read(refused)).startsWith("HTTP/1.1 503").contains("3 connections already");
            }
            send(clients.getFirst(), GET);
            assertThat(read(clients.getFirst())).startsWith("HTTP/1.1 200");
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aQueryThatIsNoneIsRefusedAndNotRepeated() throws Exception {
        try (SocketChannel client = connect()) {
            send(client, "GET /?token=hunter2%zz HTTP/1.1\r\nHost: d\r\n\r\n");
            assertThat(read(client))
                    .startsWith("HTTP/1.1 400")
                    .contains("malformed query")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void theOpenFileLimitBoundsTheConnections() {
        assertThat(HttpLimits.connections(OptionalLong.of(1024))).isEqualTo(512);
        assertThat(HttpLimits.connections(OptionalLong.of(524_288))).isEqualTo(4096);
        assertThat(HttpLimits.connections(OptionalLong.of(8))).isEqualTo(16);
        assertThat(HttpLimits.connections(OptionalLong.empty())).isEqualTo(4096);
        assertThat(HttpLimits.ofProcess().connections()).isBetween(16, 4096);
    }

    @Test
    void aLogLineHasNothingThatBreaksIt() {
        assertThat(RequestLog.printable("/a\u001b[31m\nb ü")).isEqualTo("/a?[31m?b??");
        assertThat(RequestLog.printable("x".repeat(9999))).hasSize(513);
    }

    @Test
    void aPeerIsKnownByItsProgram() {
        Peer self = new Peer(0, 0, (int) ProcessHandle.current().pid());
        assertThat(self.command()).isNotEmpty().isNotEqualTo("?");
        assertThat(new Peer(0, 0, -1).command()).isEqualTo("?");
    }
}
