package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Gives host ports to those published ports that name none, no two containers the same one. Thread-safe. */
final class PublishedPorts {
    private final ContainerIndex index;
    private final PortChoice choice;
    private final ReentrantLock choosing = new ReentrantLock();

    PublishedPorts(ContainerIndex index, PortChoice choice) {
        this.index = index;
        this.choice = choice;
    }

    /**
     * Calls {@code make} with every host port chosen. While it runs no other port is chosen, for only what it makes shows that its
     * ports are taken.
     */
    <T> T withHostPorts(HostConfig host, Function<HostConfig, T> make) {
        if (host.publishedPorts().stream().allMatch(port -> port.hostPort() != 0)) {
            return make.apply(host);
        }
        choosing.lock();
        try {
            List<PublishedPort> held = index.all().stream()
                    .flatMap(container -> container.record().hostConfig().publishedPorts().stream())
                    .toList();
            return make.apply(with(host, choice.choose(host.publishedPorts(), held)));
        } finally {
            choosing.unlock();
        }
    }

    private static HostConfig with(HostConfig host, List<PublishedPort> ports) {
        return new HostConfig(
                host.networkMode(),
                List.copyOf(ports),
                host.binds(),
                host.autoRemove(),
                host.readonlyRootfs(),
                host.capAdd(),
                host.capDrop(),
                host.tmpfs(),
                host.extraHosts(),
                host.dns(),
                host.memoryBytes(),
                host.nanoCpus(),
                host.pidsLimit());
    }
}
