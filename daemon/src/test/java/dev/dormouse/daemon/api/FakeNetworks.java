package dev.dormouse.daemon.api;

import dev.dormouse.daemon.lifecycle.NetworkVerbs;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.NetworkRecord;
import dev.dormouse.daemon.network.NetworkRequest;
import dev.dormouse.daemon.network.Networks;
import java.util.List;
import java.util.function.Predicate;

/** Networks on disk, with the containers of {@link FakeContainers}. */
record FakeNetworks(Networks networks, FakeContainers containers) implements NetworkVerbs {
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
        return networks.create(request);
    }

    @Override
    public void remove(String network) {
        networks.remove(network);
    }

    @Override
    public List<String> prune(Predicate<NetworkRecord> unwanted) {
        List<NetworkRecord> gone = networks.list().stream()
                .filter(record ->
                        record.network().resolvesNames() && record.leases().isEmpty() && unwanted.test(record))
                .toList();
        gone.forEach(record -> networks.remove(record.network().id()));
        return gone.stream().map(record -> record.network().name()).toList();
    }

    @Override
    public void connect(String container, Endpoint endpoint) {
        containers.connect(container, endpoint);
    }

    @Override
    public void disconnect(String container, String network) {
        containers.disconnect(container, network);
    }
}
