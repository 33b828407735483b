package dev.dormouse.daemon.network;

import java.nio.file.Path;
import java.util.Set;

/** Networks in a folder, on a host without routes. */
public final class TestNetworks {
    static final HostId HOST = new HostId("0123456789abcdef0123456789abcdef");

    private TestNetworks() {}

    public static BridgeNetworks in(Path folder) {
        return in(folder, Set.of());
    }

    static BridgeNetworks in(Path folder, Set<Subnet> routes) {
        return BridgeNetworks.in(folder, () -> routes, () -> HOST);
    }
}
