package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which network a container is on: {@code HostConfig.NetworkMode}, and {@code NetworkingConfig}, which must agree. */
final class NetworkChoice {
    private NetworkChoice() {}

    static NetworkMode of(@Nullable String mode, JsonNode networking) {
        NetworkMode chosen = named(CreateRequest.text(mode));
        Unsupported.others(networking, "NetworkingConfig.", Set.of("EndpointsConfig"));
        for (Map.Entry<String, JsonNode> endpoint :
                networking.path("EndpointsConfig").properties()) {
            if (named(endpoint.getKey()) != chosen) {
                throw new EngineException.InvalidParameter("NetworkingConfig.EndpointsConfig names " + endpoint.getKey()
                        + " but HostConfig.NetworkMode is " + chosen.lowerCase() + "; a container has one network");
            }
            Unsupported.others(
                    endpoint.getValue(), "NetworkingConfig.EndpointsConfig." + endpoint.getKey() + ".", Set.of());
        }
        return chosen;
    }

    private static NetworkMode named(String name) {
        return switch (name) {
            case "", "default", "bridge" -> NetworkMode.BRIDGE;
            case "host" -> NetworkMode.HOST;
            case "none" -> NetworkMode.NONE;
            default ->
                throw new EngineException.NotImplemented(
                        "network " + name + " is not supported by this engine: use bridge, host or none");
        };
    }
}
