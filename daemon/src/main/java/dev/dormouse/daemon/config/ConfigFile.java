package dev.dormouse.daemon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code daemon.json}. */
public final class ConfigFile {
    private static final long LONGEST = 1 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;

    private ConfigFile(Path file) {
        this.file = file;
    }

    /**
     * The settings of a file.
     *
     * @param required whether it must exist
     * @throws ConfigException for a file that cannot be read, is no JSON object, or has an unknown key or a wrong value
     */
    public static ConfigSettings read(Path file, boolean required) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new ConfigException(file + ": is longer than 1 MiB");
            }
            String text = Files.readString(file);
            return text.isBlank() ? ConfigSettings.NONE : new ConfigFile(file).settings(text);
        } catch (NoSuchFileException e) {
            if (required) {
                throw new ConfigException(file + ": no such file");
            }
            return ConfigSettings.NONE;
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private ConfigSettings settings(String text) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new ConfigException(file + ": line " + e.getLocation().getLineNr() + ": is no JSON: "
                    + e.getOriginalMessage().replace('\n', ' '));
        }
        if (!tree.isObject()) {
            throw new ConfigException(file + ": must be a JSON object");
        }
        List<ListenAddress> hosts = List.of();
        Optional<String> group = Optional.empty();
        Optional<Boolean> debug = Optional.empty();
        Optional<Boolean> noAutostart = Optional.empty();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            JsonNode value = entry.getValue();
            switch (entry.getKey()) {
                case "hosts" -> hosts = hosts(value);
                case "group" -> group = Optional.of(group(value));
                case "debug" -> debug = Optional.of(flag("debug", value));
                case "no-autostart" -> noAutostart = Optional.of(flag("no-autostart", value));
                default -> throw wrong(entry.getKey(), "unknown key; there are debug, group, hosts and no-autostart");
            }
        }
        return new ConfigSettings(hosts, group, debug, noAutostart);
    }

    private List<ListenAddress> hosts(JsonNode value) {
        if (!value.isArray() || value.isEmpty() || !value.valueStream().allMatch(JsonNode::isString)) {
            throw wrong("hosts", "must be a list of strings, at least one");
        }
        List<ListenAddress> hosts = new ArrayList<>();
        for (JsonNode host : value) {
            hosts.add(ListenAddress.parse(file + ": hosts", host.stringValue()));
        }
        return hosts;
    }

    private String group(JsonNode value) {
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw wrong("group", "must be a group's name");
        }
        return value.stringValue();
    }

    private boolean flag(String key, JsonNode value) {
        if (!value.isBoolean()) {
            throw wrong(key, "must be true or false");
        }
        return value.booleanValue();
    }

    private ConfigException wrong(String key, String why) {
        return new ConfigException(file + ": " + key + ": " + why);
    }
}
