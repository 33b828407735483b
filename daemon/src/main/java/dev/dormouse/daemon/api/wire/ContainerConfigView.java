package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.image.ImageConfig;
import dev.dormouse.daemon.spec.Port;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code Config} of a container or an image. */
public record ContainerConfigView(
        String hostname,
        String domainname,
        String user,
        boolean attachStdin,
        boolean attachStdout,
        boolean attachStderr,
        @Nullable Map<String, Map<String, String>> exposedPorts,
        boolean tty,
        boolean openStdin,
        boolean stdinOnce,
        List<String> env,
        @JsonInclude @Nullable List<String> cmd,
        @Nullable HealthcheckBody healthcheck,
        String image,
        @JsonInclude @Nullable Map<String, Map<String, String>> volumes,
        String workingDir,
        @JsonInclude @Nullable List<String> entrypoint,
        @JsonInclude @Nullable List<String> onBuild,
        Map<String, String> labels,
        @Nullable String stopSignal,
        @Nullable Integer stopTimeout) {
    /** A container's. */
    public static ContainerConfigView of(ContainerConfig config) {
        return new ContainerConfigView(
                config.hostname(),
                "",
                config.user(),
                false,
                true,
                true,
                ports(config.exposedPorts()),
                false,
                false,
                false,
                config.env(),
                config.cmd().orElse(null),
                config.healthcheck().map(HealthcheckBody::of).orElse(null),
                config.image(),
                null,
                config.workingDir(),
                config.entrypoint().orElse(null),
                null,
                config.labels(),
                config.stopSignal().orElse(null),
                config.stopTimeoutSeconds().orElse(null));
    }

    /** An image's. */
    public static ContainerConfigView of(ImageConfig config) {
        return new ContainerConfigView(
                "",
                "",
                config.user(),
                false,
                false,
                false,
                ports(config.exposedPorts()),
                false,
                false,
                false,
                config.env(),
                config.cmd().orElse(null),
                config.healthcheck().map(HealthcheckBody::of).orElse(null),
                "",
                config.volumes().isEmpty() ? null : set(config.volumes()),
                config.workingDir(),
                config.entrypoint().orElse(null),
                null,
                config.labels(),
                config.stopSignal().orElse(null),
                null);
    }

    private static @Nullable Map<String, Map<String, String>> ports(Collection<Port> ports) {
        return ports.isEmpty() ? null : set(ports.stream().map(Port::toString).toList());
    }

    /** Go's set: every member with an empty object. */
    private static Map<String, Map<String, String>> set(Collection<String> members) {
        Map<String, Map<String, String>> set = new TreeMap<>();
        members.forEach(member -> set.put(member, Map.of()));
        return set;
    }
}
