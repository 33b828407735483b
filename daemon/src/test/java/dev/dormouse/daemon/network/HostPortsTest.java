package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.Port.Protocol;
import dev.dormouse.daemon.spec.PublishedPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortsTest {
    private static final PublishedPort ANY = new PublishedPort(new Port(80, Protocol.TCP), "127.0.0.1", 0);
    private static final PublishedPort FIXED = new PublishedPort(new Port(81, Protocol.TCP), "", 8080);

    @Test
    void ephemeralPortsAreDifferentAndFixedOnesStay() {
        List<PublishedPort> ports = HostPorts.choose(List.of(ANY, FIXED, ANY), List.of());
        assertThat(ports.get(1)).isEqualTo(FIXED);
        assertThat(ports).extracting(PublishedPort::hostPort).doesNotContain(0).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatSomebodyListensOnIsSaidInDockersWords() throws Exception {
        PublishedPort port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = new PublishedPort(new Port(80, Protocol.TCP), "127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> HostPorts.requireFree(List.of(port)))
                    .isInstanceOf(EngineException.Failed.class)
                    .hasMessageContaining(
                            "Bind for 127.0.0.1:" + port.hostPort() + " failed: port is already allocated");
        }
        assertThatCode(() -> HostPorts.requireFree(List.of(port))).doesNotThrowAnyException();
    }
}
