package dev.dormouse.daemon.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.health.HealthPlan;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** {@code wake/NAME.json}: what the activator needs to know of a container, so that a wake asks the engine nothing. */
record WakeFile(
        int schema,
        String name,
        String container,
        Optional<String> address,
        List<Integer> ports,
        List<Integer> udpPorts,
        String runtimeFolder,
        boolean healthcheck) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private static final int SCHEMA = 1;

    static WakeFile of(ContainerRecord container, RuntimePaths paths) {
        return new WakeFile(
                SCHEMA,
                container.name(),
                container.id().value(),
                address(container),
                ports(container, Port.Protocol.TCP),
                ports(container, Port.Protocol.UDP),
                paths.runFolder(container.id()).toString(),
                HealthPlan.of(
                                container.config().healthcheck(),
                                container.config().labels())
                        .isPresent());
    }

    private static List<Integer> ports(ContainerRecord container, Port.Protocol protocol) {
        return container.config().exposedPorts().stream()
                .filter(port -> port.protocol() == protocol)
                .map(Port::number)
                .sorted()
                .toList();
    }

    String json() {
        return JSON.writeValueAsString(this) + "\n";
    }

    /** Whether a wake file is there and belongs to a container. */
    static boolean isOf(Path file, ContainerId container) {
        try {
            return JSON.readTree(Files.readString(file))
                    .path("container")
                    .asString("")
                    .equals(container.value());
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> address(ContainerRecord container) {
        // The host is on every bridge, so the first network's will do, also of an internal one.
        return container.hostConfig().networkMode().equals(NetworkMode.HOST)
                ? Optional.of("127.0.0.1")
                : container.networks().stream().findFirst().map(Attachment::address);
    }
}
