package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.RestoredContainers;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.store.LoadedContainers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees addresses that a killed engine had given to containers it never made, and takes those that containers have. */
final class NetworkPhase {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkPhase.class);

    private final RestoredContainers containers;
    private final AddressReconciliation addresses;

    NetworkPhase(RestoredContainers containers, AddressReconciliation addresses) {
        this.containers = containers;
        this.addresses = addresses;
    }

    /** @param removing whose interfaces may still be there until their removal is finished */
    void run(List<LoadedContainers.Removing> removing) {
        Map<ContainerId, List<Attachment>> existing = new HashMap<>(containers.addresses());
        removing.forEach(container -> existing.put(
                container.id(),
                container.record().map(ContainerRecord::networks).orElse(List.of())));
        try {
            addresses.reconcile(existing);
        } catch (EngineException e) {
            LOG.error(
                    "addresses of containers that are gone could not be freed, or those of others not taken: {}",
                    e.getMessage());
        }
    }
}
