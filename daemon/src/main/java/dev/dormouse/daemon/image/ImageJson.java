package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.schema.Schema;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that came from outside. */
final class ImageJson {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ImageJson() {}

    /** @param error made of what is wrong with the document, the field named */
    static <T> T read(byte[] json, Class<T> type, Function<String, EngineException> error) {
        return read(() -> MAPPER.readValue(json, type), error);
    }

    /**
     * Reads a file of ours.
     *
     * @param error made of what is wrong with the document, the field named
     */
    static <T> T read(byte[] json, Schema schema, Class<T> type, Function<String, EngineException> error) {
        Schema.Found found = read(() -> schema.examine(MAPPER.readTree(json)), error);
        return switch (found) {
            case Schema.Found.Usable usable -> read(() -> MAPPER.treeToValue(usable.document(), type), error);
            case Schema.Found.Newer newer -> throw error.apply(newer.why());
            case Schema.Found.Unusable unusable -> throw error.apply(unusable.why());
        };
    }

    /** @param error made of what is wrong with the document, the field named */
    static <T> List<T> readList(byte[] json, Class<T> type, Function<String, EngineException> error) {
        JavaType list = MAPPER.getTypeFactory().constructCollectionType(List.class, type);
        return read(() -> MAPPER.readValue(json, list), error);
    }

    private static <T> T read(Supplier<T> reader, Function<String, EngineException> error) {
        T value;
        try {
            value = reader.get();
        } catch (JacksonException e) {
            EngineException refused = error.apply(reason(e) + place(e));
            refused.addSuppressed(e);
            throw refused;
        }
        if (value == null) {
            throw error.apply("it is null");
        }
        return value;
    }

    /** Without what Jackson adds on where the text came from, which it does not know, and without what it quotes, which may be secret. */
    private static String reason(JacksonException e) {
        return e.getOriginalMessage()
                .replaceAll("(?s) \\(start marker at \\[Source.*", "")
                .replaceAll("(?s)'.*'|\".*\"", "…");
    }

    private static String place(JacksonException e) {
        String path = e.getPathReference();
        return path == null || path.isEmpty() ? "" : " at " + path;
    }
}
