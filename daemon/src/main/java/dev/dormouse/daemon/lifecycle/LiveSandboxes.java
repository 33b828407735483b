package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.network.firewall.LiveSandbox;
import dev.dormouse.daemon.network.firewall.PortWatch;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.List;

/** The running containers on the bridge, and what is wrong with their published ports. Thread-safe. */
final class LiveSandboxes implements PortWatch.Live {
    private final ContainerIndex index;
    private final ContainerRuntime runtime;
    private final ContainerEvents events;

    LiveSandboxes(ContainerIndex index, ContainerRuntime runtime, ContainerEvents events) {
        this.index = index;
        this.runtime = runtime;
        this.events = events;
    }

    @Override
    public List<LiveSandbox> sandboxes() {
        return index.all().stream()
                .map(ContainerEntry::record)
                .filter(record -> record.network().isPresent())
                .filter(record -> runtime.running(record).isPresent())
                .flatMap(record -> record.network().stream()
                        .map(place -> new LiveSandbox(
                                record.id(),
                                record.name(),
                                place,
                                record.hostConfig().publishedPorts())))
                .toList();
    }

    /** Clients see it in {@code State.Error} of an inspect, and as an event. */
    @Override
    public void trouble(ContainerId container, String trouble) {
        index.byId(container.value()).ifPresent(entry -> {
            entry.trouble(trouble);
            events.ports(entry.record(), trouble);
        });
    }
}
