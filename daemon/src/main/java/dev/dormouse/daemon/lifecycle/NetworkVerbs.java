package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.NetworkRecord;
import dev.dormouse.daemon.network.NetworkRequest;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the API can do with networks. A {@code network} is a name, a full id or an unambiguous beginning of one. Thread-safe; calls block
 * and throw {@link dev.dormouse.daemon.error.EngineException} only.
 */
public interface NetworkVerbs {
    /** All bridge networks, the default one first. */
    List<NetworkRecord> list();

    /**
     * One.
     *
     * @throws dev.dormouse.daemon.error.EngineException.NotFound if there is none
     */
    NetworkRecord get(String network);

    /** Makes one; its record is durable when this returns. */
    NetworkRecord create(NetworkRequest request);

    /**
     * Removes one that a user has made.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if a container is on it, running or not
     */
    void remove(String network);

    /** Removes those that users have made, no container is on, and are wanted away; their names. */
    List<String> prune(Predicate<NetworkRecord> unwanted);

    /**
     * Puts a container on a network; on a running one the interface is there when this returns.
     *
     * @param endpoint the network, and what is asked for of it
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if it is on it
     */
    void connect(String container, Endpoint endpoint);

    /**
     * Takes a container off a network; on a running one the interface is gone when this returns.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if it is not on it
     */
    void disconnect(String container, String network);
}
