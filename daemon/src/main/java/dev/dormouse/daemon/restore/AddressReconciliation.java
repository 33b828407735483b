package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.spec.ContainerId;
import java.util.Set;

/** Frees the addresses of containers that no longer exist. */
@FunctionalInterface
public interface AddressReconciliation {
    /**
     * Frees every address that no existing container has.
     *
     * @param existing every container that may keep its address
     */
    void reconcile(Set<ContainerId> existing);
}
