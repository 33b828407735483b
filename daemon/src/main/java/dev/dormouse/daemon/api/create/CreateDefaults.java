package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.config.ConfigKeys;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.HostConfig;
import java.util.Optional;

/**
 * What the engine's configuration puts where a create request says nothing. It becomes the container's own: a later reload changes
 * none that exists.
 *
 * @param stopTimeoutSeconds absent: docker's, which a container need not carry with it
 */
public record CreateDefaults(Optional<Integer> stopTimeoutSeconds, long shmBytes) {
    /** Those of a configuration. */
    public static CreateDefaults of(DaemonConfig config) {
        return new CreateDefaults(
                Optional.of(config.defaultStopTimeoutSeconds())
                        .filter(seconds -> !seconds.equals(ConfigKeys.DEFAULT_STOP_TIMEOUT.byDefault())),
                config.defaultShmBytes());
    }

    /** The request with them. */
    public CreateRequest applyTo(CreateRequest request) {
        return new CreateRequest(config(request.config()), host(request.hostConfig()), request.endpoints());
    }

    private ContainerConfig config(ContainerConfig asked) {
        return asked.withStopTimeoutSeconds(asked.stopTimeoutSeconds().or(() -> stopTimeoutSeconds));
    }

    private HostConfig host(HostConfig asked) {
        return asked.shmBytes() > 0 ? asked : asked.withShmBytes(shmBytes);
    }
}
