package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListeningProbeTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Optional<InetAddress> LOOPBACK = Optional.of(InetAddress.ofLiteral("127.0.0.1"));
    private static final Optional<InetAddress> BRIDGED = Optional.of(InetAddress.ofLiteral("172.17.0.2"));
    private static final Optional<InetAddress> LOOPBACK_6 = Optional.of(InetAddress.ofLiteral("::1"));
    private static final Optional<InetAddress> BRIDGED_6 = Optional.of(InetAddress.ofLiteral("fd00::2"));

    @Test
    void aListenerIsSeenWithoutConnectingToIt() throws Exception {
        try (ServerSocket server = listening("127.0.0.1")) {
            assertThat(own(server.getLocalPort(), Optional.empty()).attempt(LONG))
                    .isEqualTo(ProbeResult.READY);

            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aLoopbackListenerDoesNotCountForAnotherAddress() throws Exception {
        try (ServerSocket server = listening("127.0.0.1")) {
            assertThat(own(server.getLocalPort(), LOOPBACK).attempt(LONG)).isEqualTo(ProbeResult.READY);
            assertNothingListens(server.getLocalPort(), BRIDGED);
            assertNothingListens(server.getLocalPort(), LOOPBACK_6);
        }
    }

    @Test
    void anIpv6LoopbackListenerDoesNotCountForAnotherAddress() throws Exception {
        try (ServerSocket server = listening("::1")) {
            assertThat(own(server.getLocalPort(), LOOPBACK_6).attempt(LONG)).isEqualTo(ProbeResult.READY);
            assertNothingListens(server.getLocalPort(), BRIDGED_6);
            assertNothingListens(server.getLocalPort(), LOOPBACK);
        }
    }

    @Test
    void aWildcardListenerCountsForEveryAddress() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            assertThat(own(server.getLocalPort(), BRIDGED).attempt(LONG)).isEqualTo(ProbeResult.READY);
            assertThat(own(server.getLocalPort(), BRIDGED_6).attempt(LONG)).isEqualTo(ProbeResult.READY);
        }
    }

    @Test
    void anEstablishedConnectionOnThePortIsNoListener() throws Exception {
        try (ServerSocket server = listening("127.0.0.1");
                Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.getLocalPort())) {
            assertNothingListens(client.getLocalPort(), Optional.empty());
        }
    }

    @Test
    void aBoundPortThatDoesNotListenIsNotReady() throws Exception {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertNothingListens(socket.getLocalPort(), Optional.empty());
        }
    }

    @Test
    void manyListenersAreReadAcrossBuffers() throws Exception {
        ServerSocket[] servers = new ServerSocket[150];
        try {
            for (int i = 0; i < servers.length; i++) {
                servers[i] = listening("127.0.0.1");
            }
            for (ServerSocket server : servers) {
                assertThat(own(server.getLocalPort(), LOOPBACK).attempt(LONG)).isEqualTo(ProbeResult.READY);
            }
        } finally {
            for (ServerSocket server : servers) {
                server.close();
            }
        }
    }

    @Test
    void aProcessThatHasEndedIsBroken() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThat(ListeningProbe.ofProcess(process.pid(), 80, Optional.empty()).attempt(LONG))
                .isEqualTo(new ProbeResult.Broken("process " + process.pid() + " has ended"));
    }

    @Test
    void aNetworkNamespaceOfItsOwnIsLookedInto() throws Exception {
        try (ServerSocket server = listening("127.0.0.1")) {
            Process elsewhere = new ProcessBuilder("unshare", "-n", "sh", "-c", "echo up; read end").start();
            try {
                assertThat(elsewhere.inputReader().readLine()).isEqualTo("up");
                assertThat(ListeningProbe.ofProcess(elsewhere.pid(), server.getLocalPort(), Optional.empty())
                                .attempt(LONG))
                        .isInstanceOf(ProbeResult.NotYet.class);
            } finally {
                elsewhere.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aBoundUdpSocketIsFoundAndAConnectedOneIsNot() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        long self = ProcessHandle.current().pid();
        try (DatagramSocket bound = new DatagramSocket(0, loopback);
                DatagramSocket wildcard = new DatagramSocket(0);
                DatagramSocket connected = new DatagramSocket(0, loopback)) {
            connected.connect(loopback, bound.getLocalPort());
            int port = bound.getLocalPort();
            assertThat(ListeningProbe.ofUdp(self, port, Optional.of(loopback)).attempt(LONG))
                    .isEqualTo(ProbeResult.READY);
            assertThat(ListeningProbe.ofUdp(self, wildcard.getLocalPort(), Optional.of(loopback))
                            .attempt(LONG))
                    .isEqualTo(ProbeResult.READY);
            assertThat(ListeningProbe.ofUdp(self, connected.getLocalPort(), Optional.of(loopback))
                            .attempt(LONG))
                    .isEqualTo(new ProbeResult.NotYet(
                            Cause.NOT_LISTENING, "nothing listens on UDP port " + connected.getLocalPort()));
            assertThat(ListeningProbe.ofUdp(self, port, Optional.of(InetAddress.ofLiteral("127.0.0.2")))
                            .attempt(LONG))
                    .isInstanceOf(ProbeResult.NotYet.class);
        }
    }

    private static ServerSocket listening(String address) throws Exception {
        return new ServerSocket(0, 50, InetAddress.ofLiteral(address));
    }

    private static ListeningProbe own(int port, Optional<InetAddress> address) {
        return ListeningProbe.ofProcess(ProcessHandle.current().pid(), port, address);
    }

    private static void assertNothingListens(int port, Optional<InetAddress> address) {
        assertThat(own(port, address).attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.NOT_LISTENING, "nothing listens on port " + port));
    }
}
