package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that gives out its ports in turn, and on which those of {@link #taken} are listened on. */
public final class CountedPorts implements PortChoice {
    public final Set<Integer> taken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger(49_152);

    @Override
    public List<PublishedPort> choose(List<PublishedPort> requested, List<PublishedPort> held) {
        return requested.stream()
                .map(port -> port.hostPort() != 0
                        ? port
                        : new PublishedPort(port.container(), port.hostAddress(), next.getAndIncrement()))
                .toList();
    }

    @Override
    public void requireFree(List<PublishedPort> ports) {
        ports.stream()
                .filter(port -> taken.contains(port.hostPort()))
                .findFirst()
                .ifPresent(port -> {
                    throw new EngineException.Failed(
                            "Bind for port " + port.hostPort() + " failed: port is already allocated");
                });
    }
}
