package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one bridge network, and its addresses. An address is on the disk before it is returned, so a crash neither loses nor doubles one;
 * one that was given to a container whose record was never written is freed by {@link #reconcile}.
 */
public final class BridgeNetwork implements Networks {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeNetwork.class);

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

    /**
     * Frees the addresses of containers that are not among the existing ones, and takes those that existing ones have by their records:
     * of a state file that was lost or is older than they are. Called before any container is made.
     *
     * @param existing with the places that their records say
     */
    public void reconcile(Map<ContainerId, Optional<Attachment>> existing) {
        lock.lock();
        try {
            BridgeState current = known(existing.values());
            Map<String, String> addresses = new HashMap<>(current.addresses());
            Set<String> ids = existing.keySet().stream().map(ContainerId::value).collect(Collectors.toSet());
            addresses.keySet().retainAll(ids);
            existing.forEach((id, place) -> place.ifPresent(on -> take(current, addresses, id, on)));
            if (!addresses.equals(current.addresses())) {
                store(withAddresses(current, addresses));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The state; where there is none, the network that the containers are on. */
    private BridgeState known(Collection<Optional<Attachment>> places) {
        Optional<Attachment> place = places.stream().flatMap(Optional::stream).findFirst();
        if (state == null && place.isPresent() && file.read().isEmpty()) {
            Attachment on = place.get();
            LOG.warn("{} was lost: the bridge network {} is taken from its containers", file, on.subnet());
            store(new BridgeState(BridgeState.SCHEMA, on.networkId(), on.subnet(), on.gateway(), Map.of()));
        }
        return current();
    }

    private static void take(BridgeState state, Map<String, String> addresses, ContainerId id, Attachment place) {
        if (addresses.containsKey(id.value())) {
            return;
        }
        if (addresses.containsValue(place.address()) || !place.networkId().equals(state.networkId())) {
            LOG.error(
                    "container {} has address {}, which is another container's or of another network: remove it and make it again",
                    id.abbreviated(),
                    place.address());
            return;
        }
        addresses.put(id.value(), place.address());
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
