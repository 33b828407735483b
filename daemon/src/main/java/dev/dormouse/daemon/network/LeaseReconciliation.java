package dev.dormouse.daemon.network;

import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the leases of the networks those of the containers' records. */
record LeaseReconciliation(KnownNetworks known) {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseReconciliation.class);

    void run(Map<ContainerId, List<Attachment>> existing) {
        existing.values().stream()
                .flatMap(List::stream)
                .map(Attachment::network)
                .forEach(this::remake);
        for (NetworkRecord record : known.existing()) {
            Map<String, Lease> leases = new HashMap<>(record.leases());
            String id = record.network().id();
            leases.keySet()
                    .removeIf(container -> existing.entrySet().stream()
                            .noneMatch(
                                    entry -> entry.getKey().value().equals(container) && isOn(entry.getValue(), id)));
            existing.forEach((container, places) -> places.stream()
                    .filter(place -> place.network().id().equals(id))
                    .forEach(place -> take(leases, container, place)));
            if (!leases.equals(record.leases())) {
                known.store(record.withLeases(leases));
            }
        }
    }

    /** A network whose file is gone while containers are on it. */
    private void remake(Network network) {
        if (!known.isLost(network)) {
            return;
        }
        boolean another = known.existing().stream()
                .anyMatch(record -> record.network().name().equals(network.name()));
        if (another) {
            LOG.error(
                    "the file of network {} ({}) was lost, and there is another of that name: its containers keep their addresses;"
                            + " make them again",
                    network.name(),
                    network.id());
            return;
        }
        LOG.warn(
                "the file of network {} was lost: {} is taken from its containers, without labels and options",
                network.name(),
                network.ipv4().subnet());
        Instant created = network.resolvesNames() ? Instant.now() : DefaultBridge.CREATED;
        known.store(NetworkRecord.of(network, created, Map.of(), Map.of()));
    }

    private static boolean isOn(List<Attachment> places, String networkId) {
        return places.stream().anyMatch(place -> place.network().id().equals(networkId));
    }

    private static void take(Map<String, Lease> leases, ContainerId id, Attachment place) {
        if (leases.containsKey(id.value())) {
            return;
        }
        if (leases.values().stream().anyMatch(lease -> lease.address().equals(place.address()))) {
            LOG.error(
                    "container {} has address {}, which is another container's: remove it and make it again",
                    id.abbreviated(),
                    place.address());
            return;
        }
        leases.put(id.value(), new Lease(place.address(), place.address6()));
    }
}
