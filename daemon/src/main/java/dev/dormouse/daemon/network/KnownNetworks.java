package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks in memory, as they are on disk, which is written first. Not thread-safe. */
final class KnownNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(KnownNetworks.class);

    private final NetworkFolder folder;
    private final HostRoutes routes;
    private final Supplier<HostId> host;
    private final Map<String, NetworkRecord> byId = new HashMap<>();
    private final Map<String, NetworkFolder.Broken> broken = new HashMap<>();
    private boolean loaded;

    KnownNetworks(NetworkFolder folder, HostRoutes routes, Supplier<HostId> host) {
        this.folder = folder;
        this.routes = routes;
        this.host = host;
    }

    /** All, the default one first, which is made if there is none. */
    List<NetworkRecord> all() {
        byDefaultName();
        return existing();
    }

    /** Those that have been made. */
    List<NetworkRecord> existing() {
        load();
        return byId.values().stream()
                .sorted(Comparator.comparing(
                                (NetworkRecord record) -> record.network().resolvesNames())
                        .thenComparing(record -> record.network().name()))
                .toList();
    }

    /** By its full id. */
    Optional<NetworkRecord> find(String id) {
        load();
        return Optional.ofNullable(byId.get(id));
    }

    NetworkRecord get(String reference) {
        if (reference.equals(Network.DEFAULT)) {
            return byDefaultName();
        }
        load();
        NetworkFolder.Broken unusable = broken.get(reference);
        if (unusable != null) {
            throw unusable.why();
        }
        return byId.values().stream()
                .filter(record -> record.network().name().equals(reference))
                .findFirst()
                .or(() -> byPrefix(reference))
                .orElseThrow(() -> new EngineException.NotFound("network " + reference + " not found"));
    }

    private Optional<NetworkRecord> byPrefix(String reference) {
        List<NetworkRecord> found = byId.values().stream()
                .filter(record -> !reference.isEmpty() && record.network().id().startsWith(reference))
                .toList();
        if (found.size() > 1) {
            throw new EngineException.InvalidParameter(
                    "network " + reference + " is ambiguous: it is the beginning of the ids of "
                            + found.stream()
                                    .map(record -> record.network().name())
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        return found.stream().findFirst();
    }

    private NetworkRecord byDefaultName() {
        load();
        NetworkFolder.Broken unusable = broken.get(Network.DEFAULT);
        if (unusable != null) {
            throw unusable.why();
        }
        return byId.values().stream()
                .filter(record -> !record.network().resolvesNames())
                .findFirst()
                .orElseGet(() -> {
                    NetworkRecord made = DefaultBridge.record(
                            DefaultBridge.of(ContainerId.random().value(), plan().freeSubnet()));
                    store(made);
                    return made;
                });
    }

    /** How a further network can be made. */
    NetworkPlan plan() {
        load();
        return new NetworkPlan(
                byId.values().stream().map(NetworkRecord::network).toList(), routes.destinations(), host);
    }

    /** Whether a network has no file, not even a broken one. */
    boolean isLost(Network network) {
        load();
        return !byId.containsKey(network.id())
                && !broken.containsKey(network.resolvesNames() ? network.id() : Network.DEFAULT);
    }

    void store(NetworkRecord record) {
        folder.write(record);
        byId.put(record.network().id(), record);
    }

    /** As {@link Networks#remove}. */
    Networks.Removed remove(String reference) {
        load();
        NetworkFolder.Broken unusable = broken.get(reference);
        if (unusable != null && !reference.equals(Network.DEFAULT)) {
            folder.delete(unusable);
            broken.remove(reference);
            return new Networks.Removed(reference, reference);
        }
        NetworkRecord record = find(reference).orElseGet(() -> get(reference));
        Network network = record.network();
        if (!network.resolvesNames()) {
            throw new EngineException.Conflict(network.name() + " is a pre-defined network and cannot be removed");
        }
        if (!record.leases().isEmpty()) {
            throw network.inUse(record.leases().size());
        }
        folder.delete(network);
        byId.remove(network.id());
        return new Networks.Removed(network.id(), network.name());
    }

    private void load() {
        if (loaded) {
            return;
        }
        NetworkFolder.Found found = folder.read();
        found.networks().forEach(record -> byId.put(record.network().id(), record));
        found.broken().forEach(file -> {
            LOG.error("network {} cannot be used: {}", file.id(), file.why().getMessage());
            broken.put(file.id(), file);
        });
        loaded = true;
    }
}
