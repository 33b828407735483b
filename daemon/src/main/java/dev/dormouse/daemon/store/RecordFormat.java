package dev.dormouse.daemon.store;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.network.OnlyBridge;
import dev.dormouse.daemon.schema.Schema;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Port;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;
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
                    .addSerializer(NetworkMode.class, new ToStringSerializer(NetworkMode.class))
                    .addDeserializer(NetworkMode.class, fromText(NetworkMode.class, NetworkMode::new))
                    .addSerializer(Port.class, new ToStringSerializer(Port.class))
                    .addDeserializer(Port.class, fromText(Port.class, RecordFormat::port)))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final Schema CONTAINER = Schema.of(
            ContainerRecord.SCHEMA,
            RecordFormat::containerFrom0,
            RecordFormat::containerFrom1,
            RecordFormat::containerFrom2);
    private static final Schema FACTS = Schema.of(ContainerFacts.SCHEMA);
    private static final long SHM_BYTES = 64L * 1024 * 1024;

    private RecordFormat() {}

    /** Before a container could be renamed while it runs, it always ran under its name. */
    private static void containerFrom0(ObjectNode container) {
        if (!container.has("unitName")) {
            container.set("unitName", container.path("name"));
        }
    }

    /** Before there was a choice of these. */
    private static void containerFrom1(ObjectNode container) {
        if (container.path("hostConfig") instanceof ObjectNode host) {
            host.putIfAbsent("shmBytes", LongNode.valueOf(SHM_BYTES));
            host.putIfAbsent("noNewPrivileges", BooleanNode.FALSE);
            host.putIfAbsent("restartPolicy", MAPPER.valueToTree(RestartPolicy.NO));
        }
    }

    /** When there was the one bridge. */
    private static void containerFrom2(ObjectNode container) {
        if (container.path("hostConfig") instanceof ObjectNode host) {
            host.put("networkMode", host.path("networkMode").asString("").toLowerCase(Locale.ROOT));
        }
        ArrayNode places = MAPPER.createArrayNode();
        if (container.remove("network") instanceof ObjectNode place) {
            places.add(MAPPER.valueToTree(OnlyBridge.attachment(
                    place.path("networkId").asString(""),
                    place.path("bridge").asString(""),
                    place.path("address").asString(""),
                    place.path("prefixLength").asInt(0))));
        }
        container.putIfAbsent("networks", places);
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value) + "\n";
    }

    static Read<ContainerRecord> container(byte[] json) {
        return read(json, CONTAINER, ContainerRecord.class);
    }

    static Read<ContainerFacts> facts(byte[] json) {
        return read(json, FACTS, ContainerFacts.class);
    }

    /** Why facts must be left as they are: a newer engine wrote them. */
    static Optional<String> newerFacts(byte[] json) {
        try {
            return FACTS.examine(MAPPER.readTree(json)) instanceof Schema.Found.Newer newer
                    ? Optional.of(newer.why())
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /**
     * What was read.
     *
     * @param migrated whether it was of an older schema
     */
    record Read<T>(T value, boolean migrated) {}

    private static <T> Read<T> read(byte[] json, Schema schema, Class<T> type) {
        try {
            return switch (schema.examine(MAPPER.readTree(json))) {
                case Schema.Found.Usable usable ->
                    new Read<>(MAPPER.treeToValue(usable.document(), type), usable.migrated());
                case Schema.Found.Newer newer -> throw new EngineException.Failed(newer.why());
                case Schema.Found.Unusable unusable -> throw new EngineException.Failed(unusable.why());
            };
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
