package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpProbeTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    /** No DNS server is asked for it: a label has at most 63 bytes (RFC 1035, 2.3.4). */
    private static final String UNKNOWN_HOST = "x".repeat(64) + ".invalid";

    @Test
    void aListeningPortIsReady() throws Exception {
        try (ServerSocket server = listening("127.0.0.1")) {
            assertThat(new TcpProbe("127.0.0.1", server.getLocalPort()).attempt(LONG))
                    .isEqualTo(ProbeResult.READY);
        }
    }

    @Test
    void anIpv6PortIsReadyWithAndWithoutBrackets() throws Exception {
        try (ServerSocket server = listening("::1")) {
            assertThat(new TcpProbe("::1", server.getLocalPort()).attempt(LONG)).isEqualTo(ProbeResult.READY);
            assertThat(new TcpProbe("[::1]", server.getLocalPort()).attempt(LONG))
                    .isEqualTo(ProbeResult.READY);
        }
    }

    @Test
    void aNameIsReadyWhenOneOfItsAddressesAccepts() throws Exception {
        for (InetAddress address : InetAddress.getAllByName("localhost")) {
            try (ServerSocket server = listening(address.getHostAddress())) {
                assertThat(new TcpProbe("localhost", server.getLocalPort()).attempt(LONG))
                        .as("listening on %s only", address)
                        .isEqualTo(ProbeResult.READY);
            }
        }
    }

    @Test
    void aClosedPortIsRefused() throws Exception {
        int port = closedPort();

        assertThat(new TcpProbe("127.0.0.1", port).attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.REFUSED, "connection refused"));
        assertThat(new TcpProbe("::1", port).attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.REFUSED, "connection refused"));
    }

    @Test
    void aFullBacklogTimesOutWithinTheTimeGiven() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Clients _ = Clients.fillBacklogOf(server)) {
            long start = System.nanoTime();

            ProbeResult result = new TcpProbe("127.0.0.1", server.getLocalPort()).attempt(Duration.ofMillis(60));

            assertThat(result).isEqualTo(new ProbeResult.NotYet(Cause.TIMED_OUT, "no answer in time"));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(60), Duration.ofMillis(900));
        }
    }

    @Test
    void anUnknownHostIsBrokenNotAWait() throws Exception {
        assertThat(new TcpProbe(UNKNOWN_HOST, 80).attempt(LONG))
                .isInstanceOfSatisfying(
                        ProbeResult.Broken.class,
                        broken -> assertThat(broken.detail()).contains("cannot resolve host '" + UNKNOWN_HOST + "': "));
    }

    @Test
    void aConnectionToItselfCountsAsRefused() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.connect(channel.getLocalAddress());

            assertThatThrownBy(() -> SelfConnection.refuse(channel)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void anInterruptEndsAnAttemptOnAPlatformThread() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Clients _ = Clients.fillBacklogOf(server)) {
            TcpProbe probe = new TcpProbe("127.0.0.1", server.getLocalPort());
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> probe.attempt(LONG)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void differentAnswersOfSeveralAddressesAreAllTold() throws Exception {
        ConnectFindings findings = new ConnectFindings();
        findings.add(
                InetAddress.ofLiteral("2001:db8::1"), new ProbeResult.NotYet(Cause.UNREACHABLE, "network unreachable"));
        findings.add(InetAddress.ofLiteral("192.0.2.1"), new ProbeResult.NotYet(Cause.REFUSED));

        assertThat(findings.summary())
                .isEqualTo(new ProbeResult.NotYet(
                        Cause.REFUSED, "2001:db8:0:0:0:0:0:1: network unreachable, 192.0.2.1: connection refused"));
    }

    @Test
    void hostsAndPortsAreValidated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TcpProbe("127.0.0.1", 0))
                .withMessage("port must be 1 to 65535: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpProbe("127.0.0.1", 65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpProbe("", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpProbe("a b", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpProbe("[127.0.0.1]", 80));
    }

    @Test
    void targetsAreWrittenAsInAnUrl() {
        assertThat(new TcpProbe("127.0.0.1", 80)).hasToString("127.0.0.1:80");
        assertThat(new TcpProbe("::1", 80)).hasToString("[::1]:80");
    }

    private static ServerSocket listening(String address) throws IOException {
        return new ServerSocket(0, 50, InetAddress.ofLiteral(address));
    }

    /** A port that was free a moment ago on both loopback addresses. */
    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            return server.getLocalPort();
        }
    }

    /** Connections that nobody accepts. */
    private record Clients(List<SocketChannel> channels) implements AutoCloseable {
        static Clients fillBacklogOf(ServerSocket server) throws IOException {
            Clients clients = new Clients(new ArrayList<>());
            // listen(2) with 1 holds two connections; the kernel drops the SYN of any further one.
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(server.getLocalSocketAddress());
                clients.channels.add(channel);
            }
            return clients;
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }
}
