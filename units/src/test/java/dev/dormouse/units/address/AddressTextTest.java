package dev.dormouse.units.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0:0:0:0:0:0:0:0,             ::",
        "0:0:0:0:0:0:0:1,             ::1",
        "1:0:0:0:0:0:0:0,             1::",
        "2001:DB8:0:0:0:0:0:1,        2001:db8::1",
        "2001:0db8:0000:1:0:0:0:0,    2001:db8:0:1::",
        "fd00:0:1:0:0:0:1:0,          fd00:0:1::1:0",
        // 4.2.2: a single group of zeros is not left out.
        "2001:db8:0:1:1:1:1:1,        2001:db8:0:1:1:1:1:1",
        "0:1:2:3:4:5:6:0,             0:1:2:3:4:5:6:0",
        // 4.2.3: the longest run, and the first of those as long.
        "2001:0:0:1:0:0:0:1,          2001:0:0:1::1",
        "2001:0:0:1:1:0:0:1,          2001::1:1:0:0:1",
        "1:10:0:0:100:0:0:1000,       1:10::100:0:0:1000",
        "1:2:3:4:5:6:7:8,             1:2:3:4:5:6:7:8",
        "192.0.2.10,                  192.0.2.10",
    })
    void anAddressIsInItsShortForm(String address, String text) {
        assertThat(AddressText.of(InetAddress.ofLiteral(address))).isEqualTo(text);
    }

    @Test
    void aZoneIsNoPartOfIt() throws UnknownHostException {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::2").getAddress();
        assertThat(AddressText.of(Inet6Address.getByAddress("host", linkLocal, 1)))
                .isEqualTo("fe80::2");
    }
}
