package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.waitport.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a service waits for in its container that only root can see: field {@code ready} of {@code services/NAME.json}. The activator's
 * {@code Readiness} is the same field; what it can see itself is {@link Nothing} here.
 */
sealed interface Awaited {
    /** Nobody waits for a word of the prober's. */
    record Nothing() implements Awaited {}

    /**
     * The container's own health check succeeds.
     *
     * @param within how long clients are held for it
     */
    record Healthy(Duration within) implements Awaited {}

    /** A command in the container ends with 0. */
    record Command(List<String> command, Duration within) implements Awaited {}

    /** A line that the container writes matches. */
    record LogLine(Pattern expression, Duration within) implements Awaited {}

    Duration LEAST = Duration.ofMillis(1);
    Duration MOST = Duration.ofHours(24);

    /**
     * Reads a service's file; nothing is awaited where there is none.
     *
     * @throws EngineException.Failed naming the file and the field that is wrong
     */
    static Awaited read(Path file) {
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
            Duration within =
                    DurationText.parse("deadline", json.path("deadline").asString("60s"), LEAST, MOST);
            return of(json.path("ready").asString("listening"), within);
        } catch (NoSuchFileException _) {
            return new Nothing();
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new EngineException.Failed("cannot use " + file + ": " + e.getMessage(), e);
        }
    }

    private static Awaited of(String ready, Duration within) {
        int colon = ready.indexOf(':');
        String kind = colon < 0 ? ready : ready.substring(0, colon);
        String rest = ready.substring(colon + 1);
        return switch (kind) {
            case "health", "auto" -> new Healthy(within);
            case "command" -> new Command(command(rest), within);
            case "log" -> new LogLine(expression(rest), within);
            default -> new Nothing();
        };
    }

    /** As the instructions of a Dockerfile: a JSON list is the words themselves, anything else is for a shell. */
    private static List<String> command(String text) {
        if (!text.startsWith("[")) {
            return List.of("/bin/sh", "-c", text);
        }
        List<String> words = JsonMapper.shared()
                .readTree(text)
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
        if (words.isEmpty()) {
            throw new IllegalArgumentException("ready: command: must name a program");
        }
        return words;
    }

    private static Pattern expression(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("ready: log: must be a regular expression: " + e.getDescription(), e);
        }
    }
}
