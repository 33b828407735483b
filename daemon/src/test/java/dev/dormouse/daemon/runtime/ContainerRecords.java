package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plain containers for tests: no network, nothing set that need not be. */
public final class ContainerRecords {
    private ContainerRecords() {}

    /** A container that runs a command. */
    public static ContainerRecord of(String name, String... command) {
        return with(name, config(List.of(command)), host(NetworkMode.NONE));
    }

    public static ContainerRecord with(String name, ContainerConfig config, HostConfig host) {
        return new ContainerRecord(
                ContainerRecord.SCHEMA,
                ContainerId.random(),
                name,
                name,
                Instant.now(),
                new ImageId("0".repeat(64)),
                config,
                host,
                List.of());
    }

    public static ContainerConfig config(List<String> command) {
        return new ContainerConfig(
                "",
                "",
                List.of(),
                Optional.empty(),
                Optional.of(command),
                "",
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "test");
    }

    public static HostConfig host(NetworkMode network) {
        return new HostConfig(
                network,
                List.of(),
                List.of(),
                false,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                64 << 20,
                false,
                RestartPolicy.NO);
    }
}
