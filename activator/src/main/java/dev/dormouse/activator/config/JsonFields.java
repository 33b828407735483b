package dev.dormouse.activator.config;

import dev.dormouse.units.service.DeclarationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The fields of a small flat JSON object in a file. Read with the streaming parser alone: it is up in a fraction of the time that
 * binding to records takes, and a client waits meanwhile. Unknown fields are let pass, so that a newer writer does no harm.
 */
final class JsonFields {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LARGEST = 64 * 1024;

    private final Path file;
    private final Map<String, Object> fields;

    private JsonFields(Path file, Map<String, Object> fields) {
        this.file = file;
        this.fields = fields;
    }

    /**
     * Reads the file.
     *
     * @throws ConfigException if it cannot be read or is not a flat JSON object
     */
    static JsonFields read(Path file) {
        byte[] bytes = bytes(file);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ConfigException(file + " must hold one JSON object");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                fields.put(name, value(parser, parser.nextToken()));
            }
            return new JsonFields(file, fields);
        } catch (JacksonException e) {
            throw new ConfigException(file + " is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new ConfigException(file + " is larger than " + LARGEST + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new ConfigException("there is no " + file, e);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> list(parser);
            default -> {
                parser.skipChildren();
                yield Optional.empty();
            }
        };
    }

    private static List<Object> list(JsonParser parser) {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token));
        }
        return list;
    }

    /** Of all fields that there are. */
    Set<String> names() {
        return fields.keySet();
    }

    void requireSchema(long known) {
        long schema = number("schema", 1, Long.MAX_VALUE);
        if (schema != known) {
            throw new ConfigException(file + " has schema " + schema + ", this version knows " + known);
        }
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "must be a text"));
    }

    Optional<String> optionalText(String name) {
        Object value = fields.getOrDefault(name, Optional.empty());
        return switch (value) {
            case String text -> Optional.of(text);
            case Optional<?> _ -> Optional.empty();
            default -> throw wrong(name, "must be a text");
        };
    }

    long number(String name, long least, long most) {
        if (fields.get(name) instanceof Long number && number >= least && number <= most) {
            return number;
        }
        throw wrong(name, "must be a whole number from " + least + " to " + most);
    }

    /** False where there is no such field. */
    boolean flag(String name) {
        if (fields.getOrDefault(name, false) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "must be true or false");
    }

    Optional<Long> optionalNumber(String name, long least, long most) {
        return fields.containsKey(name) ? Optional.of(number(name, least, most)) : Optional.empty();
    }

    List<Integer> ports(String name) {
        List<Integer> ports = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof Long port) || port < 1 || port > 65_535) {
                throw wrong(name, "must be a list of ports from 1 to 65535");
            }
            ports.add(port.intValue());
        }
        return List.copyOf(ports);
    }

    /** Empty if there is no such field. */
    List<Integer> optionalPorts(String name) {
        return fields.containsKey(name) ? ports(name) : List.of();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "must be a list of texts");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** Empty if there is no such field. */
    List<String> optionalTexts(String name) {
        return fields.containsKey(name) ? texts(name) : List.of();
    }

    private List<?> items(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "must be a list");
    }

    /** What a field's text says, where {@code read} throws {@link DeclarationException} if it is none. */
    <T> T checked(String name, String text, Function<String, T> read) {
        try {
            return read.apply(text);
        } catch (DeclarationException e) {
            throw wrong(name, "is wrong: " + e.getMessage(), e);
        }
    }

    ConfigException wrong(String name, String rule) {
        return new ConfigException(file + ": " + name + " " + rule);
    }

    ConfigException wrong(String name, String rule, Throwable cause) {
        return new ConfigException(file + ": " + name + " " + rule, cause);
    }
}
