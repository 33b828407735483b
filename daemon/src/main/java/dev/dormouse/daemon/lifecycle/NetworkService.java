package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.Network;
import dev.dormouse.daemon.network.NetworkRecord;
import dev.dormouse.daemon.network.NetworkRequest;
import dev.dormouse.daemon.network.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The networks of this engine, and which containers are on them. */
final class NetworkService implements NetworkVerbs {
    private static final Set<String> PREDEFINED = Set.of(Network.DEFAULT, "host", "none");

    private final ContainerIndex index;
    private final Networks networks;
    private final ContainerNetworks places;
    private final NetworkEvents events;

    NetworkService(ContainerIndex index, Networks networks, ContainerNetworks places, NetworkEvents events) {
        this.index = index;
        this.networks = networks;
        this.places = places;
        this.events = events;
    }

    @Override
    public List<NetworkRecord> list() {
        return networks.list();
    }

    @Override
    public NetworkRecord get(String network) {
        return networks.get(network);
    }

    @Override
    public NetworkRecord create(NetworkRequest request) {
        return Detached.call("network create", () -> {
            NetworkRecord made = networks.create(request);
            events.created(made.network());
            return made;
        });
    }

    @Override
    public void remove(String network) {
        refusePredefined(network);
        Detached.run("network rm", () -> {
            refuseInUse(network);
            events.destroyed(networks.remove(network));
        });
    }

    /** Of a network whose file cannot be used the containers' records alone tell, and such a one goes by its full id. */
    private void refuseInUse(String id) {
        List<Network> places = index.all().stream()
                .flatMap(container -> container.record().on(id).stream())
                .map(Attachment::network)
                .toList();
        if (!places.isEmpty()) {
            throw places.getFirst().inUse(places.size());
        }
    }

    private static void refusePredefined(String network) {
        if (PREDEFINED.contains(network)) {
            throw new EngineException.Conflict(network + " is a pre-defined network and cannot be removed");
        }
    }

    @Override
    public List<String> prune(Predicate<NetworkRecord> unwanted) {
        return Detached.call("network prune", () -> {
            List<String> removed = new ArrayList<>();
            for (NetworkRecord record : networks.list()) {
                Network network = record.network();
                if (network.resolvesNames() && record.leases().isEmpty() && unwanted.test(record)) {
                    try {
                        events.destroyed(networks.remove(network.id()));
                    } catch (EngineException.Conflict _) {
                        continue; // a container has come to it meanwhile
                    }
                    removed.add(network.name());
                }
            }
            return removed;
        });
    }

    @Override
    public void connect(String container, Endpoint endpoint) {
        ContainerEntry entry = index.usable(container);
        Detached.run(
                "network connect",
                () -> entry.exclusively(() -> {
                    refuseRemoved(entry, container);
                    Attachment place = places.connect(entry, endpoint);
                    events.connected(place.network(), entry.id());
                }));
    }

    @Override
    public void disconnect(String container, String network) {
        ContainerEntry entry = index.usable(container);
        Detached.run(
                "network disconnect",
                () -> entry.exclusively(() -> {
                    refuseRemoved(entry, container);
                    Attachment place = places.disconnect(entry, network);
                    events.disconnected(place.network(), entry.id());
                }));
    }

    private static void refuseRemoved(ContainerEntry entry, String reference) {
        if (entry.isRemoved() || entry.isRemoving()) {
            throw ContainerIndex.noSuchContainer(reference);
        }
    }
}
