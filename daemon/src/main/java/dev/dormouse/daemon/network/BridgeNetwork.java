package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one bridge network, and its addresses. An address is on the disk before it is returned, so a crash neither loses nor doubles one;
 * one that was given to a container whose record was never written is freed by {@link #reconcile}.
 */
public final class BridgeNetwork implements Networks {
    static final String BRIDGE = "dormouse0";
    private static final int GATEWAY = 1;

    private final BridgeFile file;
    private final HostRoutes routes;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable BridgeState state;

    private BridgeNetwork(BridgeFile file, HostRoutes routes) {
        this.file = file;
        this.routes = routes;
    }

    /** The network whose state is in {@code folder/bridge.json}; the subnet is chosen when the first address is asked for. */
    public static BridgeNetwork in(Path folder) {
        return in(folder, new KernelRoutes());
    }

    static BridgeNetwork in(Path folder, HostRoutes routes) {
        return new BridgeNetwork(new BridgeFile(folder.resolve("bridge.json")), routes);
    }

    @Override
    public Attachment allocate(ContainerId container) {
        lock.lock();
        try {
            BridgeState current = current();
            String address = current.addresses().get(container.value());
            if (address == null) {
                address = nextFree(current);
                Map<String, String> addresses = new HashMap<>(current.addresses());
                addresses.put(container.value(), address);
                store(new BridgeState(BridgeState.SCHEMA, current.networkId(), current.subnet(), address, addresses));
            }
            return attachment(current, address);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(ContainerId container) {
        lock.lock();
        try {
            BridgeState current = current();
            if (current.addresses().containsKey(container.value())) {
                Map<String, String> addresses = new HashMap<>(current.addresses());
                addresses.remove(container.value());
                store(withAddresses(current, addresses));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Frees the addresses of containers that are not among the existing ones. Called before any container is made. */
    public void reconcile(Set<ContainerId> existing) {
        lock.lock();
        try {
            BridgeState current = current();
            Map<String, String> addresses = new HashMap<>(current.addresses());
            if (addresses
                    .keySet()
                    .removeIf(id ->
                            existing.stream().noneMatch(known -> known.value().equals(id)))) {
                store(withAddresses(current, addresses));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String netavarkOptions(
            ContainerId container, String name, Attachment attachment, List<PublishedPort> publishedPorts) {
        return NetavarkOptions.json(container, name, attachment, publishedPorts);
    }

    private BridgeState current() {
        BridgeState known = state;
        if (known == null) {
            known = file.read().orElseGet(this::chosen);
            state = known;
        }
        return known;
    }

    private BridgeState chosen() {
        Subnet subnet = AddressPools.firstFree(routes.destinations());
        BridgeState fresh = new BridgeState(
                BridgeState.SCHEMA,
                ContainerId.random().value(),
                subnet.toString(),
                Subnet.dotted(subnet.at(GATEWAY)),
                Map.of());
        file.write(fresh);
        return fresh;
    }

    private void store(BridgeState changed) {
        file.write(changed);
        state = changed;
    }

    private static BridgeState withAddresses(BridgeState state, Map<String, String> addresses) {
        return new BridgeState(BridgeState.SCHEMA, state.networkId(), state.subnet(), state.lastAddress(), addresses);
    }

    private static String nextFree(BridgeState state) {
        Subnet subnet = Subnet.parse(state.subnet());
        long last = Subnet.address(state.lastAddress()).filter(subnet::contains).orElse(subnet.at(GATEWAY));
        Set<String> taken = Set.copyOf(state.addresses().values());
        // The network's own address, the gateway's and the broadcast address are not for containers.
        long usable = subnet.size() - GATEWAY - 2;
        long start = last - subnet.base() - GATEWAY;
        for (long i = 0; i < usable; i++) {
            String candidate = Subnet.dotted(subnet.at(GATEWAY + 1 + (start + i) % usable));
            if (!taken.contains(candidate)) {
                return candidate;
            }
        }
        throw new EngineException.Failed("the bridge network " + subnet + " has no free address: " + taken.size()
                + " containers hold one each; remove containers that are not needed");
    }

    private static Attachment attachment(BridgeState state, String address) {
        Subnet subnet = Subnet.parse(state.subnet());
        return new Attachment(
                address,
                subnet.prefixLength(),
                Subnet.dotted(subnet.at(GATEWAY)),
                MacAddress.of(address),
                BRIDGE,
                state.networkId());
    }
}
