package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.api.wire.CreateBody;
import dev.dormouse.daemon.api.wire.EndpointBody;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which networks a container is on: {@code HostConfig.NetworkMode}, and {@code NetworkingConfig}, which may name more.
 *
 * @param endpoints that of the mode first; none for {@code host} and {@code none}
 */
record NetworkChoice(NetworkMode mode, List<Endpoint> endpoints) {
    /**
     * Checks them.
     *
     * @param tree {@code NetworkingConfig} as it was sent
     * @param networking what this engine acts on of it
     */
    static NetworkChoice of(@Nullable String text, JsonNode tree, CreateBody.@Nullable Networking networking) {
        NetworkMode mode = mode(CreateRequest.text(text));
        Unsupported.others(tree, "NetworkingConfig.", Set.of("EndpointsConfig"));
        List<Endpoint> endpoints = new ArrayList<>();
        Map<String, @Nullable EndpointBody> bodies =
                CreateRequest.map(networking == null ? null : networking.endpointsConfig());
        for (Map.Entry<String, JsonNode> entry : tree.path("EndpointsConfig").properties()) {
            NetworkMode network = mode(entry.getKey());
            Endpoint endpoint = EndpointFields.of(
                    network.name(),
                    entry.getValue(),
                    bodies.get(entry.getKey()),
                    "NetworkingConfig.EndpointsConfig." + entry.getKey() + ".");
            if (!mode.isBridged() || !network.isBridged()) {
                requireOnly(mode, network, endpoint);
            } else if (network.equals(mode)) {
                endpoints.addFirst(endpoint);
            } else {
                endpoints.add(endpoint);
            }
        }
        if (mode.isBridged()
                && (endpoints.isEmpty() || !endpoints.getFirst().network().equals(mode.name()))) {
            endpoints.addFirst(Endpoint.on(mode.name()));
        }
        return new NetworkChoice(mode, List.copyOf(endpoints));
    }

    /** The host's network, and none, are alone, and nothing can be asked for of them. */
    private static void requireOnly(NetworkMode mode, NetworkMode network, Endpoint endpoint) {
        if (!network.equals(mode)) {
            throw new EngineException.InvalidParameter("NetworkingConfig.EndpointsConfig names " + network
                    + " but HostConfig.NetworkMode is " + mode + ", which goes with no other network");
        }
        if (!endpoint.equals(Endpoint.on(network.name()))) {
            throw new EngineException.InvalidParameter("NetworkingConfig.EndpointsConfig." + network
                    + ": a container has neither addresses nor aliases there");
        }
    }

    private static NetworkMode mode(String name) {
        if (name.startsWith("container:")) {
            throw new EngineException.NotImplemented("network " + name
                    + " is not supported by this engine: use bridge, host, none or a network of your own");
        }
        return switch (name) {
            case "", "default", "bridge" -> NetworkMode.BRIDGE;
            default -> new NetworkMode(name);
        };
    }
}
