package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelRoutesTest {
    @Test
    void destinationsAreReadAndTheDefaultRouteIsNone(@TempDir Path folder) throws Exception {
        Path table = Files.writeString(folder.resolve("route"), """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
                eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
                eth1\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                """);
        assertThat(new KernelRoutes(table).destinations())
                .containsExactlyInAnyOrder(Subnet.parse("172.17.0.0/16"), Subnet.parse("192.0.2.0/24"));
    }

    @Test
    void thisMachinesTableIsUnderstood() {
        assertThat(new KernelRoutes().destinations()).doesNotContain(new Subnet(0, 0));
    }
}
