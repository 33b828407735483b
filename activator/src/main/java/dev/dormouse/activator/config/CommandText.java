package dev.dormouse.activator.config;

import dev.dormouse.units.service.VetoCommand;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A command as the instructions of a Dockerfile have it: a JSON list is the program and its arguments, anything else is for a shell. */
public final class CommandText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private CommandText() {}

    /**
     * The text itself.
     *
     * @throws ConfigException if it is no command
     */
    static String checked(String text) {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new ConfigException(
                    "command: must be followed by a command for the container's shell, or by a JSON list:"
                            + " the program and its arguments");
        }
        if (text.startsWith("[") && !isWords(text)) {
            throw new ConfigException(
                    "command: a text that begins with [ must be a JSON list of texts, the program first:"
                            + " [\"pg_isready\", \"-q\"]");
        }
        return text;
    }

    /**
     * A command that is asked whether its container may sleep.
     *
     * @throws dev.dormouse.units.service.DeclarationException if it is none
     */
    public static VetoCommand veto(String text) {
        if (text.startsWith("[")) {
            return new VetoCommand(text, words(text));
        }
        return new VetoCommand(text, text.isBlank() ? List.of() : List.of("/bin/sh", "-c", text));
    }

    private static boolean isWords(String text) {
        return words(text).stream()
                .findFirst()
                .filter(first -> !first.isEmpty())
                .isPresent();
    }

    /** Of a JSON list of texts; none of anything else. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                words.add(parser.getString());
            }
            boolean whole = parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null;
            return whole ? words : List.of();
        } catch (JacksonException _) {
            return List.of();
        }
    }
}
