package dev.dormouse.daemon;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.network.HostFiles;
import dev.dormouse.daemon.network.NetavarkOptions;
import dev.dormouse.daemon.runtime.NetworkFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the runtime writes of the network beside a bundle. */
record BridgedFiles(HostFiles files) implements NetworkFiles {
    @Override
    public String hosts(ContainerRecord container) {
        return files.hosts(
                container.config().hostname(),
                container.networks(),
                container.hostConfig().extraHosts(),
                isOnHost(container));
    }

    @Override
    public String resolvConf(ContainerRecord container) {
        return files.resolvers(container.hostConfig().dns(), container.networks(), isOnHost(container));
    }

    @Override
    public Optional<String> netavarkOptions(ContainerRecord container) {
        return container.networks().isEmpty()
                ? Optional.empty()
                : Optional.of(NetavarkOptions.of(
                                container.id(),
                                container.name(),
                                names(container),
                                container.networks(),
                                container.hostConfig().publishedPorts(),
                                container.hostConfig().dns())
                        .json());
    }

    /** As dockerd has it: a container is found by its short id and its host name too. */
    private static List<String> names(ContainerRecord container) {
        return Stream.of(container.id().abbreviated(), container.config().hostname())
                .filter(name -> !name.isEmpty() && !name.equals(container.name()))
                .distinct()
                .toList();
    }

    private static boolean isOnHost(ContainerRecord container) {
        return container.hostConfig().networkMode().equals(NetworkMode.HOST);
    }
}
