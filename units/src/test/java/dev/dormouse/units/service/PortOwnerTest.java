package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortOwnerTest {
    private final PortOwner owners = new PortOwner(Path.of("/proc"));

    @Test
    void findsTheProcessThatListens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(owners.of(socket.getLocalPort(), false))
                    .hasValueSatisfying(words -> assertThat(words)
                            .endsWith("(process " + ProcessHandle.current().pid() + ")"));
        }
    }

    @Test
    void nobodyIsKnownForAFreePort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(owners.of(port, false)).isEmpty();
    }
}
