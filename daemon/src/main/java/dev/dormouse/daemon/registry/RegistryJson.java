package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON of registries and of clients. Errors tell where it is wrong and quote nothing. */
final class RegistryJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private RegistryJson() {}

    /**
     * An object, or null.
     *
     * @throws EngineException.InvalidParameter if it is neither
     */
    static JsonNode tree(String what, byte[] json) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new EngineException.InvalidParameter(what + " is no JSON" + place(e));
        }
        if (!tree.isObject() && !tree.isNull()) {
            throw new EngineException.InvalidParameter(what + " must be a JSON object");
        }
        return tree;
    }

    /**
     * As a record.
     *
     * @throws EngineException.InvalidParameter naming the field that is wrong
     */
    static <T> T read(String what, byte[] json, Class<T> type) {
        T value;
        try {
            value = MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new EngineException.InvalidParameter(what + " is not valid" + field(e));
        }
        if (value == null) {
            throw new EngineException.InvalidParameter(what + " is not valid: it is null");
        }
        return value;
    }

    private static String field(JacksonException e) {
        String field = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        return field.isEmpty() ? place(e) : ": " + Quoted.of(field) + " has the wrong type";
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : ": line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
