package dev.dormouse.proxy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The expected bytes are those of a little-endian machine, which every machine that this runs on is. */
class SocketAddressesTest {
    private final ByteBuffer bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void anInetAddressIsInNetworkOrder() {
        Arrays.fill(bytes.array(), (byte) 0xff);
        assertThat(written(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 8080)))
                .isEqualTo("0200" + "1f90" + "7f000002" + "0000000000000000");
    }

    @Test
    void anInet6AddressHasItsScope() {
        Arrays.fill(bytes.array(), (byte) 0xff);
        assertThat(written(new InetSocketAddress(InetAddress.ofLiteral("fe80::1%1"), 80)))
                .isEqualTo("0a00" + "0050" + "00000000" + "fe800000000000000000000000000001" + "01000000");
    }

    @Test
    void aPathEndsWithAZeroAndAnAbstractNameBeginsWithOne() {
        assertThat(written(UnixDomainSocketAddress.of("/a"))).isEqualTo("0100" + "2f61" + "00");
        assertThat(written(UnixDomainSocketAddress.of("@a"))).isEqualTo("0100" + "0061");
    }

    @Test
    void whatCannotBeConnectedToIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketAddresses.family(InetSocketAddress.createUnresolved("web", 80)))
                .withMessage("the backend's address is not resolved: web:80");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketAddresses.family(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0)))
                .withMessage("the backend's port must be 1 to 65535, not 0");
        String tooLong = "/" + "x".repeat(107);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketAddresses.family(UnixDomainSocketAddress.of(tooLong)))
                .withMessage("the backend's socket path must be 1 to 107 bytes, not 108: " + tooLong);
    }

    private String written(SocketAddress address) {
        int length = SocketAddresses.write(address, bytes);
        return HexFormat.of().formatHex(bytes.array(), 0, length);
    }
}
