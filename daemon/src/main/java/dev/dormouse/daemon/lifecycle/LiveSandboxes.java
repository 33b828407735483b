package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.firewall.LiveSandbox;
import dev.dormouse.daemon.network.firewall.PortWatch;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.List;

/** The running containers on networks, and what is wrong with their published ports. Thread-safe. */
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
                .filter(record -> !routed(record).isEmpty())
                .filter(record -> runtime.running(record).isPresent())
                .map(record -> new LiveSandbox(
                        record.id(),
                        record.name(),
                        routed(record),
                        record.hostConfig().publishedPorts()))
                .toList();
    }

    /** netavark makes no rules for internal networks. */
    private static List<Attachment> routed(ContainerRecord record) {
        return record.networks().stream()
                .filter(place -> !place.network().internal())
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
