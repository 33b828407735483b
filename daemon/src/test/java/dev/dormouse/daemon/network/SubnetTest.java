package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"172.17.0.0/16", "0.0.0.0/0", "255.255.255.255/32", "fd00::/8", "::/0", "fd5c:1f00:42aa:1::/64"})
    void aSubnetIsWrittenAsItIsRead(String text) {
        assertThat(Subnet.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "172.17.0.1/16",
                "10.1/16",
                "10.0.0.0",
                "10.0.0.0/33",
                "fd00::1/64",
                "::ffff:10.0.0.0/120",
                "a/8",
                "/8"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Subnet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.1.0.0/16, 10.0.0.0/8, true",
        "10.0.0.0/9, 10.128.0.0/9, false",
        "fd00::/48, fd00:0:0:7::/64, true",
        "0.0.0.0/0, ::/0, false"
    })
    void subnetsOverlapWhereOneHoldsTheOther(String one, String other, boolean overlap) {
        assertThat(Subnet.parse(one).overlaps(Subnet.parse(other))).isEqualTo(overlap);
    }

    /** RFC 5952. */
    @Test
    void addressesAreInTheirShortForm() {
        assertThat(Subnet.parse("fd00::/64").at(1)).isEqualTo("fd00::1");
        assertThat(Subnet.parse("fd00:0:1::/64").at(0x10000)).isEqualTo("fd00:0:1::1:0");
        assertThat(Subnet.parse("10.0.0.0/8").at(258)).isEqualTo("10.0.1.2");
    }

    @Test
    void anIpv6NetworkTakesTheNextFreePieceOfTheHostsOwnPool(@TempDir java.nio.file.Path folder) {
        BridgeNetworks networks = TestNetworks.in(folder, Set.of());
        String pool = UniqueLocalPool.of(TestNetworks.HOST).base();
        Subnet whole = Subnet.parse(pool);
        for (int number = 0; number < 3; number++) {
            Network made = networks.create(new NetworkRequest(
                            "six" + number, true, false, List.of(), Optional.empty(), Map.of(), Map.of()))
                    .network();
            assertThat(made.ipv6().orElseThrow().whole()).isEqualTo(whole.piece(number, 64));
        }
        Attachment place =
                networks.allocate(dev.dormouse.daemon.spec.ContainerId.random(), Endpoint.on("six0"), "eth0");
        assertThat(place.address6()).contains(whole.piece(0, 64).at(2));
    }
}
