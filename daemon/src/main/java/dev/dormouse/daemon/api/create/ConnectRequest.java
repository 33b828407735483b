package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.api.wire.EndpointBody;
import dev.dormouse.daemon.network.Endpoint;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A checked request to take a container to a network. */
public record ConnectRequest(String container, Endpoint endpoint) {
    /** Body of {@code POST /networks/NAME/connect}. */
    public record Body(@Nullable String container, @Nullable EndpointBody endpointConfig) {}

    /**
     * Checks a body.
     *
     * @param bind makes a tree a record, with errors that name the field
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if a field is wrong
     * @throws dev.dormouse.daemon.error.EngineException.NotImplemented for any other field that asks for something
     */
    public static ConnectRequest of(String network, JsonNode tree, BiFunction<JsonNode, Class<Body>, Body> bind) {
        Unsupported.others(tree, "", Set.of("Container", "EndpointConfig"));
        Body body = bind.apply(tree, Body.class);
        return new ConnectRequest(
                CreateRequest.required("Container", body.container(), "the name or the id of a container"),
                EndpointFields.of(network, tree.path("EndpointConfig"), body.endpointConfig(), "EndpointConfig."));
    }
}
