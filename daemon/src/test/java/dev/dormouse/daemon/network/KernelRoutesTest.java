package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelRoutesTest {
    @Test
    void destinationsAreReadAndTheDefaultRouteIsNone(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("route"), """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
                eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
                eth1\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                """);
        Files.writeString(folder.resolve("ipv6_route"), """
                fd0000000000000000000000000000a0 7b 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
                00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001 00000400 00000003 00000000 00000003     eth0
                """);
        assertThat(new KernelRoutes(folder).destinations())
                .containsExactlyInAnyOrder(
                        Subnet.parse("172.17.0.0/16"), Subnet.parse("192.0.2.0/24"), Subnet.parse("fd00::a0/123"));
    }

    @Test
    void thisMachinesTableIsUnderstood() {
        assertThat(new KernelRoutes().destinations()).doesNotContain(Subnet.parse("0.0.0.0/0"), Subnet.parse("::/0"));
    }
}
