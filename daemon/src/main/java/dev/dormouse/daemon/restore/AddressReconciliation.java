package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.List;
import java.util.Map;

/** Makes the network's addresses those of the containers there are. */
@FunctionalInterface
public interface AddressReconciliation {
    /**
     * Frees every address that no existing container has, and takes those that containers have.
     *
     * @param existing every container that may keep its addresses, and the places that its record says
     */
    void reconcile(Map<ContainerId, List<Attachment>> existing);
}
