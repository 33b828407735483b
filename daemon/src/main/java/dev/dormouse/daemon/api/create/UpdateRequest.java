package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.api.wire.RestartPolicyBody;
import dev.dormouse.daemon.container.RestartPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A checked request to update a container: only its restart policy can be.
 *
 * @param restartPolicy absent: it stays
 */
public record UpdateRequest(Optional<RestartPolicy> restartPolicy) {
    /** The field that this engine acts on. */
    public record Body(@Nullable RestartPolicyBody restartPolicy) {}

    /**
     * Checks a body.
     *
     * @param bind makes a tree a record, with errors that name the field
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if a field is wrong
     * @throws dev.dormouse.daemon.error.EngineException.NotImplemented for any other field that asks for something
     */
    public static UpdateRequest of(JsonNode tree, BiFunction<JsonNode, Class<Body>, Body> bind) {
        Unsupported.others(tree, "", Set.of("RestartPolicy"));
        Unsupported.others(tree.path("RestartPolicy"), "RestartPolicy.", RestartFields.KNOWN);
        RestartPolicyBody policy = bind.apply(tree, Body.class).restartPolicy();
        RestartPolicy checked = RestartFields.policy("RestartPolicy", policy);
        boolean asked =
                policy != null && policy.name() != null && !policy.name().isEmpty();
        return new UpdateRequest(asked ? Optional.of(checked) : Optional.empty());
    }
}
