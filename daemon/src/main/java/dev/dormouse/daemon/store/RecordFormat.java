package dev.dormouse.daemon.store;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Port;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** The JSON of {@code config.json} and {@code state.json}. Thread-safe. */
final class RecordFormat {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule("dormouse")
                    .addSerializer(ContainerId.class, new ToStringSerializer(ContainerId.class))
                    .addDeserializer(ContainerId.class, fromText(ContainerId.class, ContainerId::new))
                    .addSerializer(ImageId.class, new ToStringSerializer(ImageId.class))
                    .addDeserializer(ImageId.class, fromText(ImageId.class, RecordFormat::imageId))
                    .addSerializer(Port.class, new ToStringSerializer(Port.class))
                    .addDeserializer(Port.class, fromText(Port.class, RecordFormat::port)))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private RecordFormat() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value) + "\n";
    }

    static ContainerRecord container(byte[] json) {
        return read(json, ContainerRecord.SCHEMA, ContainerRecord.class, RecordFormat::complete);
    }

    /** A record of before there were restart policies has none. */
    private static void complete(JsonNode record) {
        if (record.path("hostConfig") instanceof ObjectNode host && !host.has("restartPolicy")) {
            host.set("restartPolicy", MAPPER.valueToTree(RestartPolicy.NO));
        }
    }

    static ContainerFacts facts(byte[] json) {
        return read(json, ContainerFacts.SCHEMA, ContainerFacts.class, _ -> {});
    }

    private static <T> T read(byte[] json, int schema, Class<T> type, Consumer<JsonNode> complete) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            JsonNode found = tree.path("schema");
            if (!found.isInt()) {
                throw new EngineException.Failed("it has no schema number: it is cut short or not Dormouse's");
            }
            if (found.intValue() > schema) {
                throw new EngineException.Failed("it has schema " + found.intValue()
                        + ", written by a newer Dormouse; this one" + " reads up to " + schema + ": upgrade Dormouse");
            }
            complete.accept(tree);
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            // Jackson's own message may quote the file, and that holds the environment.
            throw new EngineException.Failed("it is not valid at " + place(e) + ": it is cut short or was edited");
        }
    }

    private static String place(JacksonException e) {
        String path = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .reduce((left, right) -> left + "." + right)
                .orElse("");
        if (!path.isEmpty()) {
            return path;
        }
        return e.getLocation() == null
                ? "an unknown place"
                : "line " + e.getLocation().getLineNr();
    }

    private static ImageId imageId(String text) {
        return new ImageId(text.startsWith("sha256:") ? text.substring("sha256:".length()) : text);
    }

    private static Port port(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a port is written 80/tcp");
        }
        Port.Protocol protocol = Port.Protocol.valueOf(text.substring(slash + 1).toUpperCase(Locale.ROOT));
        return new Port(Integer.parseInt(text.substring(0, slash)), protocol);
    }

    private static <T> FromStringDeserializer<T> fromText(Class<T> type, Function<String, T> parse) {
        return new FromStringDeserializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            protected T _deserialize(String value, tools.jackson.databind.DeserializationContext context) {
                try {
                    return parse.apply(value);
                } catch (IllegalArgumentException e) {
                    throw context.weirdStringException(value, type, e.getMessage());
                }
            }
        };
    }
}
