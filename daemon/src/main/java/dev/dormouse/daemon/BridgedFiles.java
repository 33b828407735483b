package dev.dormouse.daemon;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.network.HostFiles;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.runtime.NetworkFiles;
import java.util.Optional;

/** What the runtime writes of the network beside a bundle. */
record BridgedFiles(Networks networks, HostFiles files) implements NetworkFiles {
    @Override
    public String hosts(ContainerRecord container) {
        return files.hosts(
                container.config().hostname(),
                container.network(),
                container.hostConfig().extraHosts(),
                isOnHost(container));
    }

    @Override
    public String resolvConf(ContainerRecord container) {
        return files.resolvers(container.hostConfig().dns(), isOnHost(container));
    }

    @Override
    public Optional<String> netavarkOptions(ContainerRecord container) {
        return container
                .network()
                .map(attachment -> networks.netavarkOptions(
                        container.id(),
                        container.name(),
                        attachment,
                        container.hostConfig().publishedPorts()));
    }

    private static boolean isOnHost(ContainerRecord container) {
        return container.hostConfig().networkMode() == NetworkMode.HOST;
    }
}
