package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbeTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"200, 200-399", "399, 200-399", "204, '200,204'", "503, 500-503"})
    void aWantedStatusIsReady(int status, String wanted) throws Exception {
        try (OneAnswer server = OneAnswer.of("HTTP/1.1 " + status + " Words\r\n\r\n")) {
            assertThat(probe(server, wanted).attempt(LONG)).isEqualTo(ProbeResult.READY);
        }
    }

    @ParameterizedTest
    @CsvSource({"400, 200-399", "201, 200", "503, 200-399"})
    void anotherStatusIsNotYet(int status, String wanted) throws Exception {
        try (OneAnswer server = OneAnswer.of("HTTP/1.1 " + status + "\r\n\r\n")) {
            assertThat(probe(server, wanted).attempt(LONG))
                    .isEqualTo(new ProbeResult.NotYet(Cause.STATUS, "HTTP status " + status));
        }
    }

    @Test
    void theRequestIsPlainHttp() throws Exception {
        try (OneAnswer server = OneAnswer.of("HTTP/1.0 200 OK\r\n\r\n")) {
            probe(server, "200").attempt(LONG);

            assertThat(server.request())
                    .isEqualTo("GET /health?deep=1 HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                            + "\r\nUser-Agent: waitport\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (OneAnswer server = OneAnswer.of("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n")) {
            assertThat(probe(server, "302").attempt(LONG)).isEqualTo(ProbeResult.READY);
        }
    }

    @Test
    void interimAnswersAreSkipped() throws Exception {
        try (OneAnswer server = OneAnswer.of("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")) {
            assertThat(probe(server, "200").attempt(LONG)).isEqualTo(ProbeResult.READY);
        }
    }

    @Test
    void theBodyIsNotRead() throws Exception {
        try (OneAnswer server = OneAnswer.of("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(4_000_000))) {
            assertThat(probe(server, "200").attempt(LONG)).isEqualTo(ProbeResult.READY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 smtp ready\r\n", "HTTP/2 200\r\n", "HTTP/1.1 20 x\r\n", "HTTP/1.1 200OK\r\n"})
    void anAnswerThatIsNotHttpIsToldSo(String answer) throws Exception {
        try (OneAnswer server = OneAnswer.of(answer)) {
            assertThat(probe(server, "200").attempt(LONG)).isEqualTo(new ProbeResult.NotYet(Cause.PROTOCOL));
        }
    }

    @Test
    void aStatusLineWithoutEndIsReadOnlyToItsBound() throws Exception {
        try (OneAnswer server = OneAnswer.of("HTTP/1.1 200 " + "x".repeat(4_000_000))) {
            assertThat(probe(server, "200").attempt(LONG)).isEqualTo(new ProbeResult.NotYet(Cause.PROTOCOL));
        }
    }

    @Test
    void aServerThatClosesWithoutAnAnswerIsToldSo() throws Exception {
        try (OneAnswer server = OneAnswer.of("")) {
            assertThat(probe(server, "200").attempt(LONG)).isEqualTo(new ProbeResult.NotYet(Cause.CLOSED));
        }
    }

    @Test
    void aResetIsTold() throws Exception {
        try (OneAnswer server = OneAnswer.thatResets()) {
            assertThat(probe(server, "200").attempt(LONG)).isEqualTo(new ProbeResult.NotYet(Cause.RESET));
        }
    }

    @Test
    void aSilentServerTimesOutWithinTheTimeGiven() throws Exception {
        try (OneAnswer server = OneAnswer.thatStaysSilent()) {
            long start = System.nanoTime();

            assertThat(probe(server, "200").attempt(Duration.ofMillis(60)))
                    .isEqualTo(new ProbeResult.NotYet(Cause.TIMED_OUT, "no HTTP answer in time"));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(55), Duration.ofSeconds(5));
        }
    }

    @Test
    void aUnixSocketAnswersToo() throws Exception {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Path socket = folder.resolve("s");
        listener.bind(UnixDomainSocketAddress.of(socket));
        try (OneAnswer server = OneAnswer.on(listener, "HTTP/1.1 200 OK\r\n\r\n")) {
            assertThat(new HttpProbe(socket, "/_ping", StatusRanges.STANDARD).attempt(LONG))
                    .isEqualTo(ProbeResult.READY);
            assertThat(server.request()).startsWith("GET /_ping HTTP/1.1\r\nHost: localhost\r\n");
        }
    }

    @Test
    void pathsThatWouldBreakTheRequestAreRejected() {
        for (String path : new String[] {"", "health", "/a b", "/a\r\nX: y", "/ä", "/a#b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new HttpProbe("127.0.0.1", 80, path, StatusRanges.STANDARD));
        }
    }

    private static HttpProbe probe(OneAnswer server, String wanted) {
        return new HttpProbe("127.0.0.1", server.port(), "/health?deep=1", StatusRanges.parse(wanted));
    }
}
