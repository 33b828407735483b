package dev.dormouse.proxy.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SourceTest {
    @Test
    void anIpv4AddressIsASource() {
        assertThat(source("192.0.2.1")).isEqualTo(source("192.0.2.1")).isNotEqualTo(source("192.0.2.2"));
    }

    @Test
    void soAreAllAddressesOfAnIpv6Network() {
        assertThat(source("2001:db8:1:2:3::4"))
                .isEqualTo(source("2001:db8:1:2:ffff::1"))
                .isNotEqualTo(source("2001:db8:1:3:3::4"));
    }

    @Test
    void noIpv6NetworkIsAnIpv4Address() {
        assertThat(source("::1")).isNotEqualTo(source("0.0.0.0"));
    }

    private static Source source(String address) {
        return Source.of(InetAddress.ofLiteral(address));
    }
}
