package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.file.HalfWritten;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.BridgeNetworks;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.NetworkRecord;
import dev.dormouse.daemon.network.NetworkRequest;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.network.TestNetworks;
import dev.dormouse.daemon.spec.ContainerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An engine's own networks; another engine reads them from the disk. */
public final class DiskNetworks implements Networks {
    private final BridgeNetworks networks;

    DiskNetworks(Path root) {
        HalfWritten.sweep(root.resolve("networks")); // as every engine does with its folders
        networks = TestNetworks.in(root.resolve("networks"));
    }

    @Override
    public List<NetworkRecord> list() {
        return networks.list();
    }

    @Override
    public NetworkRecord get(String reference) {
        return networks.get(reference);
    }

    @Override
    public NetworkRecord create(NetworkRequest request) {
        return networks.create(request);
    }

    @Override
    public Removed remove(String reference) {
        return networks.remove(reference);
    }

    @Override
    public Attachment allocate(ContainerId container, Endpoint endpoint, String interfaceName) {
        return networks.allocate(container, endpoint, interfaceName);
    }

    public Attachment allocate(ContainerId container) {
        return allocate(container, Endpoint.on("bridge"), "eth0");
    }

    @Override
    public void release(ContainerId container, String networkId) {
        networks.release(container, networkId);
    }

    @Override
    public void release(ContainerId container) {
        networks.release(container);
    }

    void reconcile(Map<ContainerId, List<Attachment>> existing) {
        networks.reconcile(existing);
    }

    /** Who has an address on any network. */
    public Set<ContainerId> holders() {
        return networks.list().stream()
                .flatMap(record -> record.leases().keySet().stream())
                .map(ContainerId::new)
                .collect(Collectors.toSet());
    }

    /** Who has an address on one network. */
    public Set<ContainerId> holders(String network) {
        return networks.get(network).leases().keySet().stream()
                .map(ContainerId::new)
                .collect(Collectors.toSet());
    }
}
