package dev.dormouse.daemon.network;

import dev.dormouse.daemon.spec.ContainerId;
import java.util.List;

/**
 * The engine's bridge networks and their addresses. Thread-safe; what was returned survives a crash of the engine. Throws
 * {@link dev.dormouse.daemon.error.EngineException} only.
 */
public interface Networks {
    /** All, the default one first, then by their names. */
    List<NetworkRecord> list();

    /**
     * The network that a name, a full id or an unambiguous beginning of one means.
     *
     * @throws dev.dormouse.daemon.error.EngineException.NotFound if there is none
     */
    NetworkRecord get(String reference);

    /**
     * Makes a network.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if there is one of that name
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if its addresses are in use
     */
    NetworkRecord create(NetworkRequest request);

    /**
     * Removes a network; by its full id also one whose file cannot be used.
     *
     * @param reference a name, a full id or an unambiguous beginning of one
     * @throws dev.dormouse.daemon.error.EngineException.NotFound if there is none
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if a container has an address on it, or if it is the default one
     */
    Removed remove(String reference);

    /**
     * Gives a container a place on a network; the same addresses again if it has some.
     *
     * @param interfaceName the container's on that network
     */
    Attachment allocate(ContainerId container, Endpoint endpoint, String interfaceName);

    /** Takes a container's addresses on a network back; nothing if it has none, or if there is no such network. */
    void release(ContainerId container, String networkId);

    /**
     * A network that is gone.
     *
     * @param name its id again where its file did not tell
     */
    record Removed(String id, String name) {}

    /** Takes a container's addresses on all networks back. */
    void release(ContainerId container);
}
