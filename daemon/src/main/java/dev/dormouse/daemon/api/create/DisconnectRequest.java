package dev.dormouse.daemon.api.create;

import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A checked request to take a container off a network. */
public record DisconnectRequest(String container) {
    /**
     * Body of {@code POST /networks/NAME/disconnect}.
     *
     * @param force means what happens anyway: there is no endpoint whose container is not known
     */
    public record Body(@Nullable String container, @Nullable Boolean force) {}

    /**
     * Checks a body.
     *
     * @param bind makes a tree a record, with errors that name the field
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if a field is wrong
     * @throws dev.dormouse.daemon.error.EngineException.NotImplemented for any other field that asks for something
     */
    public static DisconnectRequest of(JsonNode tree, BiFunction<JsonNode, Class<Body>, Body> bind) {
        Unsupported.others(tree, "", Set.of("Container", "Force"));
        return new DisconnectRequest(CreateRequest.required(
                "Container", bind.apply(tree, Body.class).container(), "the name or the id of a container"));
    }
}
