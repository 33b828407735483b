package dev.dormouse.proxy.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.units.service.ProxyProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @Test
    void theFirstVersionIsALine() {
        assertThat(text("192.0.2.1", 4711, "192.0.2.2", 80)).isEqualTo("PROXY TCP4 192.0.2.1 192.0.2.2 4711 80\r\n");
        assertThat(text("2001:db8::1", 65535, "::1", 80)).isEqualTo("PROXY TCP6 2001:db8::1 ::1 65535 80\r\n");
        assertThat(text("2001:db8:0:1:0:0:0:0", 1, "2001:0:0:1:1:0:0:1", 2))
                .isEqualTo("PROXY TCP6 2001:db8:0:1:: 2001::1:1:0:0:1 1 2\r\n");
    }

    @Test
    void theSecondVersionIsBinary() {
        assertThat(hex("192.0.2.1", 4711, "192.0.2.2", 80)).isEqualTo(SIGNATURE + "2111000cc0000201c000020212670050");
        assertThat(hex("2001:db8::1", 65535, "::1", 80))
                .isEqualTo(SIGNATURE + "21210024" + "20010db8000000000000000000000001"
                        + "00000000000000000000000000000001" + "ffff0050");
    }

    @Test
    void anAddressThatWasMappedIsOneOfIpv4() {
        assertThat(text("::ffff:192.0.2.1", 1, "::ffff:192.0.2.2", 2))
                .isEqualTo("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n");
    }

    @Test
    void aClientWithoutAddressIsUnknown() {
        assertThat(StandardCharsets.US_ASCII
                        .decode(ProxyHeader.of(ProxyProtocol.V1, Optional.empty(), Optional.empty()))
                        .toString())
                .isEqualTo("PROXY UNKNOWN\r\n");
        assertThat(hex(ProxyHeader.of(ProxyProtocol.V2, Optional.empty(), Optional.empty())))
                .isEqualTo(SIGNATURE + "21000000");
    }

    private static String text(String client, int clientPort, String front, int frontPort) {
        return StandardCharsets.US_ASCII
                .decode(ProxyHeader.of(ProxyProtocol.V1, address(client, clientPort), address(front, frontPort)))
                .toString();
    }

    private static String hex(String client, int clientPort, String front, int frontPort) {
        return hex(ProxyHeader.of(ProxyProtocol.V2, address(client, clientPort), address(front, frontPort)));
    }

    private static String hex(ByteBuffer header) {
        byte[] bytes = new byte[header.remaining()];
        header.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Optional<InetSocketAddress> address(String host, int port) {
        return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }
}
