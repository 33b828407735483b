package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;

/** Finds host ports for {@code --publish 80} and {@code -P}, which name none. */
@FunctionalInterface
public interface PortChoice {
    /**
     * The requested ports in their order, each host port 0 replaced by one that is free on this host.
     *
     * @param held what other containers publish, running or not
     * @throws dev.dormouse.daemon.error.EngineException.Failed if none is free
     */
    List<PublishedPort> choose(List<PublishedPort> requested, List<PublishedPort> held);
}
