package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.fault.Faults;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses that nobody uses. */
public final class InMemoryNetworks implements Networks {
    private final Map<ContainerId, Attachment> allocated = new ConcurrentHashMap<>();

    @Override
    public Attachment allocate(ContainerId container) {
        Faults.pass("allocate", "address");
        return allocated.computeIfAbsent(
                container,
                _ -> new Attachment(
                        "172.17.0." + (2 + allocated.size()),
                        16,
                        "172.17.0.1",
                        "02:42:ac:11:00:02",
                        "dormouse0",
                        "0".repeat(64)));
    }

    @Override
    public void release(ContainerId container) {
        Faults.pass("release", "address");
        allocated.remove(container);
    }

    @Override
    public String netavarkOptions(
            ContainerId container, String name, Attachment attachment, List<PublishedPort> publishedPorts) {
        return "{}";
    }

    public void reconcile(Set<ContainerId> existing) {
        allocated.keySet().retainAll(existing);
    }

    public Set<ContainerId> holders() {
        return Set.copyOf(allocated.keySet());
    }
}
