package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.Map;
import java.util.Optional;

/** Makes the network's addresses those of the containers there are. */
@FunctionalInterface
public interface AddressReconciliation {
    /**
     * Frees every address that no existing container has, and takes those that containers have.
     *
     * @param existing every container that may keep its address, and the one that its record says
     */
    void reconcile(Map<ContainerId, Optional<Attachment>> existing);
}
