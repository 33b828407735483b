package dev.dormouse.activator.config;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A command as the instructions of a Dockerfile have it: a JSON list is the program and its arguments, anything else is for a shell. */
final class CommandText {
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

    private static boolean isWords(String text) {
        List<String> words = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                words.add(parser.getString());
            }
            return parser.currentToken() == JsonToken.END_ARRAY
                    && parser.nextToken() == null
                    && !words.isEmpty()
                    && !words.getFirst().isEmpty();
        } catch (JacksonException _) {
            return false;
        }
    }
}
