package dev.dormouse.daemon.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code daemon.json}, and goes on after a mistake, so that all of them are said at once. */
final class ConfigFile {
    private static final long LONGEST = 1 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private ConfigSettings settings = ConfigSettings.NONE;

    private ConfigFile(Path file) {
        this.file = file;
    }

    /**
     * What a file says and what is wrong with it.
     *
     * @param lines where each key is
     * @param problems one line each, without the settings that are wrong
     */
    record Content(ConfigSettings settings, Map<String, Integer> lines, List<String> problems) {}

    /**
     * Reads it.
     *
     * @param required whether it must exist
     */
    static Content read(Path file, boolean required) {
        ConfigFile reader = new ConfigFile(file);
        reader.read(required);
        return new Content(reader.settings, Map.copyOf(reader.lines), List.copyOf(reader.problems));
    }

    private void read(boolean required) {
        try {
            if (Files.size(file) > LONGEST) {
                problems.add(file + ": is longer than 1 MiB");
                return;
            }
            String text = Files.readString(file);
            if (!text.isBlank()) {
                parse(text);
            }
        } catch (NoSuchFileException _) {
            if (required) {
                problems.add(file + ": no such file");
            }
        } catch (CharacterCodingException _) {
            problems.add(file + ": is not text in UTF-8");
        } catch (IOException e) {
            problems.add(file + ": cannot be read: " + reason(e));
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException known
                ? Optional.ofNullable(known.getReason()).orElse(known.getClass().getSimpleName())
                : String.valueOf(e.getMessage());
    }

    private void parse(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                problems.add(file + ": must be a JSON object");
                return;
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                int line = parser.currentTokenLocation().getLineNr();
                parser.nextToken();
                take(name, parser.readValueAsTree(), line);
            }
            if (parser.nextToken() != null) {
                problems.add(problem(parser.currentTokenLocation().getLineNr(), "something follows the JSON object"));
            }
        } catch (JacksonException e) {
            // Its own message would quote the file.
            problems.add(problem(
                    e.getLocation().getLineNr(),
                    "is no JSON from column " + e.getLocation().getColumnNr() + " on"));
        }
    }

    private void take(String name, JsonNode value, int line) {
        Integer before = lines.putIfAbsent(name, line);
        if (before != null) {
            problems.add(problem(line, name + ": is in line " + before + " already; keep one of them"));
            return;
        }
        ConfigKeys.named(name)
                .ifPresentOrElse(
                        key -> set(key, value, line),
                        () -> problems.add(problem(line, name + ": " + UnknownKey.explain(name))));
    }

    private <T> void set(ConfigKey<T> key, JsonNode value, int line) {
        try {
            settings = settings.with(key, key.kind().read(value));
        } catch (ConfigException e) {
            problems.add(problem(line, key + ": " + e.getMessage()));
        }
    }

    private String problem(int line, String text) {
        return at(file, line, text);
    }

    /** The form of a problem. */
    static String at(Path file, int line, String text) {
        return file + ": line " + line + ": " + text;
    }
}
