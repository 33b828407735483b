package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.RestoredContainers;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.store.LoadedContainers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees addresses that a killed engine had given to containers it never made. */
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
        Set<ContainerId> existing = new HashSet<>(containers.ids());
        removing.forEach(container -> existing.add(container.id()));
        try {
            addresses.reconcile(existing);
        } catch (EngineException e) {
            LOG.error("addresses of containers that are gone could not be freed and stay taken: {}", e.getMessage());
        }
    }
}
