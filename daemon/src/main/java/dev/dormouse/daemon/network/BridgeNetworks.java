package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The bridge networks, and their addresses. An address is on the disk before it is returned, so a crash neither loses nor doubles one;
 * one that was given to a container whose record was never written is freed by {@link #reconcile}.
 */
public final class BridgeNetworks implements Networks {
    private final KnownNetworks known;
    private final ReentrantLock lock = new ReentrantLock();

    private BridgeNetworks(KnownNetworks known) {
        this.known = known;
    }

    /**
     * The networks whose files are in a folder; the default one's subnet is chosen when it is first asked for.
     *
     * @param host from which the IPv6 pool is derived
     */
    public static BridgeNetworks in(Path folder, HostId host) {
        return in(folder, new KernelRoutes(), () -> host);
    }

    static BridgeNetworks in(Path folder, HostRoutes routes, Supplier<HostId> host) {
        return new BridgeNetworks(new KnownNetworks(new NetworkFolder(folder), routes, host));
    }

    @Override
    public List<NetworkRecord> list() {
        return locked(known::all);
    }

    @Override
    public NetworkRecord get(String reference) {
        return locked(() -> known.get(reference));
    }

    @Override
    public NetworkRecord create(NetworkRequest request) {
        NetworkRequestCheck.check(request);
        return locked(() -> {
            List<NetworkRecord> existing = known.all();
            if (existing.stream().anyMatch(record -> record.network().name().equals(request.name()))) {
                throw new EngineException.Conflict("network with name " + request.name() + " already exists");
            }
            NetworkRecord made =
                    NetworkRecord.of(known.plan().of(request), Instant.now(), request.labels(), request.options());
            known.store(made);
            return made;
        });
    }

    @Override
    public Removed remove(String reference) {
        return locked(() -> known.remove(reference));
    }

    @Override
    public Attachment allocate(ContainerId container, Endpoint endpoint, String interfaceName) {
        return locked(() -> {
            NetworkRecord record = named(endpoint);
            Optional<Lease> had = Optional.ofNullable(record.leases().get(container.value()));
            Lease lease = had.orElseGet(() -> {
                Lease fresh = lease(record, endpoint);
                known.store(record.withLease(container.value(), fresh));
                return fresh;
            });
            return Attachment.of(record.network(), interfaceName, lease, endpoint);
        });
    }

    /** Not as something that is missing: the docker client would take that for the image. */
    private NetworkRecord named(Endpoint endpoint) {
        try {
            return known.get(endpoint.network());
        } catch (EngineException.NotFound e) {
            throw new EngineException.InvalidParameter(String.valueOf(e.getMessage()));
        }
    }

    private static Lease lease(NetworkRecord record, Endpoint endpoint) {
        Network network = record.network();
        if (!network.resolvesNames()
                && (endpoint.address().isPresent() || endpoint.address6().isPresent())) {
            throw new EngineException.InvalidParameter(
                    "user specified IP address is supported on user defined networks only");
        }
        if (!network.resolvesNames() && !endpoint.aliases().isEmpty()) {
            throw new EngineException.InvalidParameter(
                    "network-scoped alias is supported only for containers in user defined networks");
        }
        if (network.ipv6().isEmpty() && endpoint.address6().isPresent()) {
            throw new EngineException.InvalidParameter(
                    "network " + network.name() + " has no IPv6: make it with --ipv6, or leave out --ip6");
        }
        AddressChoice choice = new AddressChoice(
                network.name(),
                network.ipv4(),
                record.leases().values().stream().map(Lease::address).collect(Collectors.toSet()));
        String address = endpoint.address().map(choice::exactly).orElseGet(() -> choice.after(record.lastAddress()));
        Optional<String> address6 = network.ipv6().map(range -> {
            AddressChoice choice6 = new AddressChoice(
                    network.name(),
                    range,
                    record.leases().values().stream()
                            .flatMap(lease -> lease.address6().stream())
                            .collect(Collectors.toSet()));
            return endpoint.address6()
                    .map(choice6::exactly)
                    .orElseGet(() -> choice6.after(record.lastAddress6().orElse(range.gateway())));
        });
        return new Lease(address, address6);
    }

    @Override
    public void release(ContainerId container, String networkId) {
        locked(() -> {
            known.find(networkId).ifPresent(record -> release(record, container));
            return networkId;
        });
    }

    @Override
    public void release(ContainerId container) {
        locked(() -> {
            known.existing().forEach(record -> release(record, container));
            return container;
        });
    }

    private void release(NetworkRecord record, ContainerId container) {
        if (record.leases().containsKey(container.value())) {
            Map<String, Lease> others = new HashMap<>(record.leases());
            others.remove(container.value());
            known.store(record.withLeases(others));
        }
    }

    /**
     * Frees the addresses of containers that are not on a network by their records, and takes those that containers have by theirs: of a
     * file that was lost or is older than they are. Called before any container is made.
     *
     * @param existing with the places that their records say
     */
    public void reconcile(Map<ContainerId, List<Attachment>> existing) {
        locked(() -> {
            new LeaseReconciliation(known).run(existing);
            return existing;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
