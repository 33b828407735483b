package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniqueLocalPoolTest {
    @TempDir
    Path folder;

    /** Worked out apart, by Python's hashlib and ipaddress, from the rule in moby's deriveULABaseNetwork. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0123456789abcdef0123456789abcdef, fd43:9947:eb76::/48",
        "00000000000000000000000000000000, fdea:faa9:5a34::/48",
        "b08dfa6083e7567a1921a715000001fb, fd24:f247:fc4c::/48",
        "ffffffffffffffffffffffffffffffff, fd48:9bc2:fcf0::/48",
    })
    void theGlobalIdIsTheLowFortyBitsOfTheFirstEightBytesOfTheDigest(String hostId, String expected) {
        assertThat(UniqueLocalPool.of(new HostId(hostId))).isEqualTo(new AddressPool(expected, 64));
    }

    @Test
    void theMachinesIdIsTheHosts() throws IOException {
        Path machine = Files.writeString(folder.resolve("machine-id"), "0123456789abcdef0123456789abcdef\n");
        Path own = folder.resolve("networks/host-id");
        assertThat(HostId.establish(machine, own)).isEqualTo(new HostId("0123456789abcdef0123456789abcdef"));
        assertThat(own).doesNotExist();
    }

    @Test
    void withoutOneARandomOneIsMadeOnceAndStays() throws IOException {
        Path machine = Files.writeString(folder.resolve("machine-id"), "uninitialized\n");
        Path own = folder.resolve("networks/host-id");
        HostId made = HostId.establish(machine, own);
        assertThat(made.value()).matches("[0-9a-f]{32}");
        assertThat(HostId.establish(machine, own)).isEqualTo(made);
        Files.writeString(machine, "0123456789abcdef0123456789abcdef\n");
        assertThat(HostId.establish(machine, own)).isEqualTo(made);
    }

    @Test
    void theIpv6PoolComesAfterDockersOwn() {
        assertThat(AddressPools.of(Optional.of(new HostId("0".repeat(32)))))
                .hasSize(8)
                .startsWith(new AddressPool("172.17.0.0/16", 16))
                .endsWith(UniqueLocalPool.of(new HostId("0".repeat(32))));
        assertThat(AddressPools.of(Optional.empty())).hasSize(7);
    }

    @Test
    void poolsAreDividedIntoSubnetsInOrder() {
        assertThat(AddressPools.firstFree(Set.of())).hasToString("172.17.0.0/16");
        assertThat(AddressPools.firstFree(Set.of(Subnet.parse("172.16.0.0/14"), Subnet.parse("172.20.1.0/24"))))
                .hasToString("172.21.0.0/16");
        assertThat(AddressPools.firstFree(Set.of(Subnet.parse("172.16.0.0/12"), Subnet.parse("192.168.0.0/19"))))
                .hasToString("192.168.32.0/20");
    }
}
