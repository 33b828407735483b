package dev.dormouse.units.descriptor;

import dev.dormouse.units.libc.Libc;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Sockets by number, with the options and the address that a test gives them. */
final class FakeSocketKernel implements SocketKernel {
    final Set<Integer> closedOnExec = new LinkedHashSet<>();
    private final Map<Integer, Map<Integer, Integer>> options = new HashMap<>();
    private final Map<Integer, byte[]> addresses = new HashMap<>();

    FakeSocketKernel with(int descriptor, int domain, int type, boolean listens, byte... address) {
        options.put(
                descriptor, Map.of(Libc.SO_DOMAIN, domain, Libc.SO_TYPE, type, Libc.SO_ACCEPTCONN, listens ? 1 : 0));
        addresses.put(descriptor, address);
        return this;
    }

    @Override
    public void setCloseOnExec(int descriptor) {
        closedOnExec.add(descriptor);
    }

    @Override
    public int option(int descriptor, int option) {
        return options.getOrDefault(descriptor, Map.of()).getOrDefault(option, 0);
    }

    @Override
    public byte[] address(int descriptor) {
        return addresses.getOrDefault(descriptor, new byte[0]);
    }
}
