package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"80", "127.0.0.1:80", "[::1]:80", "[::]:65535", "/run/nginx.sock", "53/udp", "[::1]:53/udp"})
    void goesToSystemdAsItIs(String text) {
        assertThat(ListenAddress.parse(text).text()).isEqualTo(text);
    }

    @Test
    void hasAPortUnlessItIsAUnixSocket() {
        assertThat(ListenAddress.parse("127.0.0.1:80").port()).hasValue(80);
        assertThat(ListenAddress.parse("/run/nginx.sock").port()).isEmpty();
    }

    @Test
    void aPortIsOfTcpUnlessItSaysUdp() {
        assertThat(ListenAddress.parse("53/tcp")).isEqualTo(ListenAddress.parse("53"));
        assertThat(ListenAddress.parse("53").isUdp()).isFalse();
        ListenAddress udp = ListenAddress.parse("127.0.0.1:053/udp");
        assertThat(udp.isUdp()).isTrue();
        assertThat(udp.address()).isEqualTo("127.0.0.1:53");
        assertThat(udp.text()).isEqualTo("127.0.0.1:53/udp");
        assertThat(udp.port()).hasValue(53);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "65536",
                "-1",
                "http",
                ":80",
                "localhost:80",
                "127.0.0.1",
                "127.0.0.1:",
                "::1:80",
                "[127.0.0.1]:80",
                "[::1]",
                "1.2.3:80",
                "/",
                "/run/../x",
                "/run/a b",
                "/run/%i.sock",
                "run/x.sock",
                "/run/x.sock/udp",
                "/run/x.sock/tcp",
                "53/sctp",
                "/udp",
                "53/udp/udp",
                "80\nListenStream=81"
            })
    void anythingElseIsAnErrorThatSaysWhatIsAllowed(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("'");
    }
}
