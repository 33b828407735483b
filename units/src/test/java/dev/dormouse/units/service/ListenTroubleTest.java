package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ListenTroubleTest {
    private final ListenTrouble trouble = new ListenTrouble(new PortOwner(Path.of("/proc")));

    @Test
    void saysWhoHasThePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThat(trouble.with(ListenAddress.parse("127.0.0.1:" + port)))
                    .hasValueSatisfying(words -> assertThat(words)
                            .startsWith("port " + port + " is taken by ")
                            .contains("(process " + ProcessHandle.current().pid() + ")"));
        }
    }

    @Test
    void saysWhoHasTheUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThat(trouble.with(ListenAddress.parse("127.0.0.1:" + port + "/udp")))
                    .hasValueSatisfying(words -> assertThat(words)
                            .startsWith("UDP port " + port + " is taken by ")
                            .contains("(process " + ProcessHandle.current().pid() + ")"));
            assertThat(trouble.with(ListenAddress.parse("127.0.0.2:" + port + "/udp")))
                    .isEmpty();
        }
    }

    @Test
    void saysThatTheAddressIsNotOfThisMachine() {
        assertThat(trouble.with(ListenAddress.parse("203.0.113.9:8080")))
                .contains("cannot listen on 203.0.113.9:8080: Cannot assign requested address");
    }

    @Test
    void knowsNothingOfAFreePortOrAUnixSocket() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(trouble.with(ListenAddress.parse("127.0.0.1:" + port))).isEmpty();
        assertThat(trouble.with(ListenAddress.parse("/run/nginx.sock"))).isEmpty();
    }
}
