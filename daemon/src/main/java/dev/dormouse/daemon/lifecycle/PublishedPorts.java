package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Gives host ports to those published ports that name none, no two containers the same one. Thread-safe. */
final class PublishedPorts {
    private final ContainerIndex index;
    private final CurrentState state;
    private final PortChoice choice;
    private final ReentrantLock choosing = new ReentrantLock();

    PublishedPorts(ContainerIndex index, CurrentState state, PortChoice choice) {
        this.index = index;
        this.state = state;
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

    /**
     * Makes sure that a container that is about to start can have its host ports: neither a running container nor anybody else has one.
     *
     * @throws EngineException.Failed in Docker's words, with the container that has the port
     */
    void requireFree(ContainerEntry container) {
        List<PublishedPort> wanted = container.record().hostConfig().publishedPorts();
        if (wanted.isEmpty()) {
            return;
        }
        for (ContainerEntry other : index.all()) {
            if (other != container && state.isRunning(other)) {
                requireNoneOf(wanted, other.record());
            }
        }
        choice.requireFree(wanted);
    }

    private static void requireNoneOf(List<PublishedPort> wanted, ContainerRecord other) {
        for (PublishedPort held : other.hostConfig().publishedPorts()) {
            for (PublishedPort port : wanted) {
                if (port.clashesWith(held)) {
                    throw new EngineException.Failed(
                            "Bind for %s:%d failed: port is already allocated (by container %s)"
                                    .formatted(
                                            port.hostAddress().isEmpty() ? "0.0.0.0" : port.hostAddress(),
                                            port.hostPort(),
                                            other.name()));
                }
            }
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
                host.pidsLimit(),
                host.restartPolicy());
    }
}
