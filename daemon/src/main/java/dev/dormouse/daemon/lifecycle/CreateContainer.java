package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.Image;
import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Signals;
import dev.dormouse.daemon.store.ContainerFacts;
import dev.dormouse.daemon.store.ContainerStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** {@code docker create}. */
final class CreateContainer {
    /** With the number that later attempts carry, running out of them means that something else is wrong. */
    private static final int NAME_ATTEMPTS = 50;

    private final ContainerIndex index;
    private final ContainerStore store;
    private final ContainerRuntime runtime;
    private final NameReservation names;
    private final Images images;
    private final Networks networks;
    private final PublishedPorts ports;
    private final Removal removal;
    private final ContainerEvents events;

    CreateContainer(
            ContainerIndex index,
            ContainerStore store,
            ContainerRuntime runtime,
            Images images,
            Networks networks,
            PublishedPorts ports,
            Removal removal,
            ContainerEvents events) {
        this.index = index;
        this.store = store;
        this.runtime = runtime;
        this.names = new NameReservation(index, store);
        this.images = images;
        this.networks = networks;
        this.ports = ports;
        this.removal = removal;
        this.events = events;
    }

    ContainerRecord create(Optional<String> name, ContainerConfig asked, HostConfig host, List<Endpoint> endpoints) {
        Optional<String> wanted = name.map(ContainerName::parse);
        CreateRequestCheck.check(asked, host);
        Image image = images.get(asked.image());
        ContainerConfig config = ImageDefaults.merge(asked, host, image.config());
        CreateRequestCheck.checkLabels(config.labels());
        config.stopSignal().ifPresent(Signals::number); // the image's may be wrong, and a stop is too late to say so
        ContainerRecord record =
                ports.withHostPorts(host, resolved -> make(wanted, image, config, resolved, endpoints));
        events.created(record);
        return record;
    }

    private ContainerRecord make(
            Optional<String> wanted, Image image, ContainerConfig config, HostConfig host, List<Endpoint> endpoints) {
        ContainerId id = ContainerId.random();
        store.makeFolder(id);
        try {
            String name = wanted.isPresent() ? reserve(wanted.get(), id) : reserveGenerated(id);
            ContainerRecord record = new ContainerRecord(
                    ContainerRecord.SCHEMA,
                    id,
                    name,
                    name,
                    Instant.now(),
                    image.id(),
                    config,
                    host,
                    places(id, endpoints));
            store.save(record);
            compile(record);
            return record;
        } catch (RuntimeException e) {
            undo(e, () -> removal.eraseRemains(id));
            throw e;
        }
    }

    private List<Attachment> places(ContainerId id, List<Endpoint> endpoints) {
        List<Attachment> places = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            Attachment place = networks.allocate(id, endpoint, "eth" + places.size());
            if (places.stream().anyMatch(other -> other.network().equals(place.network()))) {
                throw new EngineException.InvalidParameter("NetworkingConfig.EndpointsConfig names network "
                        + place.network().name() + " twice");
            }
            places.add(place);
        }
        return places;
    }

    private void compile(ContainerRecord record) {
        try {
            runtime.compile(record);
            ContainerFacts facts = ContainerFacts.NONE.withCompiled(true);
            store.saveFacts(record.id(), facts);
            index.add(new ContainerEntry(record, facts));
        } catch (RuntimeException e) {
            undo(e, () -> runtime.discard(record));
            throw e;
        }
    }

    private String reserve(String name, ContainerId id) {
        names.reserve(name, id).ifPresent(other -> {
            throw new EngineException.Conflict(ContainerName.conflict(name, other.value()));
        });
        return name;
    }

    private String reserveGenerated(ContainerId id) {
        for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
            String name = GeneratedName.of(RandomGenerator.getDefault(), attempt);
            if (store.reserveName(name, id).isEmpty()) {
                return name;
            }
        }
        throw new EngineException.Failed(
                "no free name was found in " + NAME_ATTEMPTS + " attempts; give the container one with --name");
    }

    private static void undo(RuntimeException why, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }
}
