package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.http.Request;
import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The API's JSON: names in upper camel case as Go writes them, absent values left out. */
final class Json {
    static final String CONTENT_TYPE = "application/json";
    private static final int BODY_BYTES = 4 * 1024 * 1024;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .changeDefaultPropertyInclusion(inclusion ->
                    inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Json() {}

    static Reply reply(Object value) {
        return reply(200, value);
    }

    static Reply.Bytes reply(int status, Object value) {
        return new Reply.Bytes(status, CONTENT_TYPE, line(value));
    }

    /** One line, with its end. */
    static byte[] line(Object value) {
        return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The body of a request, as a tree: an object. */
    static JsonNode object(Request request) throws IOException {
        byte[] body = request.body().readNBytes(BODY_BYTES + 1);
        if (body.length > BODY_BYTES) {
            throw new EngineException.InvalidParameter("the request's body is longer than 4 MiB");
        }
        return object("the request's body", new String(body, StandardCharsets.UTF_8));
    }

    /** As {@link #object(Request)}; a request without a body asks for nothing. */
    static JsonNode objectIfAny(Request request) throws IOException {
        return request.header("content-length").filter("0"::equals).isPresent()
                ? MAPPER.createObjectNode()
                : object(request);
    }

    static JsonNode object(String what, String text) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JacksonException e) {
            // Its own message would quote the text, which may hold secrets.
            throw new EngineException.InvalidParameter(
                    what + " is no JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        }
        if (!tree.isObject()) {
            throw new EngineException.InvalidParameter(what + " must be a JSON object");
        }
        return tree;
    }

    /** A tree as a wire record; the error names the field that has the wrong type. */
    static <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (DatabindException e) {
            String field = e.getPath().stream()
                    .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                    .collect(Collectors.joining("."));
            throw new EngineException.InvalidParameter(field + " has the wrong type in the request's body");
        }
    }
}
