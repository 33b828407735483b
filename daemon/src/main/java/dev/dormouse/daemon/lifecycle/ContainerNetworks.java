package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.Network;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code docker network connect} and {@code disconnect}. What a record says a container is on is what a restore makes true, so the order
 * is: address, record, interface; and for a disconnect record, interface, address (docs/adr/0014).
 */
final class ContainerNetworks {
    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final Networks networks;

    ContainerNetworks(ContainerStore store, ContainerRuntime runtime, Networks networks) {
        this.store = store;
        this.runtime = runtime;
        this.networks = networks;
    }

    /** Its verbs are excluded. */
    Attachment connect(ContainerEntry container, Endpoint endpoint) {
        ContainerRecord record = container.record();
        refuseUnbridged(record, endpoint.network());
        Network network = networks.get(endpoint.network()).network();
        if (record.on(network.id()).isPresent()) {
            throw new EngineException.Conflict(
                    "endpoint with name " + record.name() + " already exists in network " + network.name());
        }
        Attachment place = networks.allocate(record.id(), endpoint, freeInterface(record));
        List<Attachment> more = new ArrayList<>(record.networks());
        more.add(place);
        try {
            change(container, record.withNetworks(more));
        } catch (RuntimeException e) {
            release(e, record, network);
            throw e;
        }
        return place;
    }

    /** Its verbs are excluded. */
    Attachment disconnect(ContainerEntry container, String reference) {
        ContainerRecord record = container.record();
        Attachment place = record.networks().stream()
                .filter(at -> at.network().name().equals(reference)
                        || at.network().id().equals(reference))
                .findFirst()
                .or(() -> record.on(networks.get(reference).network().id()))
                .orElseThrow(() -> new EngineException.Conflict(
                        "container " + record.name() + " is not connected to network " + reference));
        change(
                container,
                record.withNetworks(record.networks().stream()
                        .filter(at -> !at.equals(place))
                        .toList()));
        networks.release(record.id(), place.network().id());
        return place;
    }

    private void change(ContainerEntry container, ContainerRecord changed) {
        ContainerRecord old = container.record();
        try {
            become(container, changed);
        } catch (RuntimeException e) {
            try {
                become(container, old);
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private void become(ContainerEntry container, ContainerRecord record) {
        container.change(store, facts -> facts.withCompiled(false));
        store.save(record);
        container.replace(record);
        runtime.compile(record);
        container.change(store, facts -> facts.withCompiled(true));
        runtime.connect(record);
    }

    /** Unless the container could not be taken off it again: then the address is still its own. */
    private void release(RuntimeException why, ContainerRecord record, Network network) {
        if (why.getSuppressed().length > 0) {
            return;
        }
        try {
            networks.release(record.id(), network.id());
        } catch (EngineException e) {
            why.addSuppressed(e);
        }
    }

    private static void refuseUnbridged(ContainerRecord record, String network) {
        if (record.hostConfig().networkMode().equals(NetworkMode.HOST) || network.equals("host")) {
            throw new EngineException.InvalidParameter(
                    "container sharing network namespace with another container or host"
                            + " cannot be connected to any other network");
        }
        if (record.hostConfig().networkMode().equals(NetworkMode.NONE) || network.equals("none")) {
            throw new EngineException.InvalidParameter(
                    "container cannot be connected to multiple networks with one of the"
                            + " networks in private (none) mode");
        }
    }

    private static String freeInterface(ContainerRecord record) {
        List<String> taken =
                record.networks().stream().map(Attachment::interfaceName).toList();
        return IntStream.rangeClosed(0, taken.size())
                .mapToObj(number -> "eth" + number)
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }
}
