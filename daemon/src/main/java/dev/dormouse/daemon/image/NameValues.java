package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments of ENV and LABEL: {@code NAME=value …}, or the older {@code NAME the rest of the line}. */
final class NameValues {
    private NameValues() {}

    /**
     * Names to values, in order; all values see the variables as they were before the line (Dockerfile reference).
     *
     * @throws EngineException.InvalidParameter if a name or a value is missing
     */
    static Map<String, String> parse(String instruction, String arguments, Map<String, String> variables) {
        List<String> words = Words.split(arguments);
        if (words.isEmpty()) {
            throw new EngineException.InvalidParameter(instruction + " requires at least one argument");
        }
        if (words.getFirst().indexOf('=') < 0) {
            return older(instruction, arguments, variables);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                // Not the word itself: it may be a value that was not quoted.
                throw new EngineException.InvalidParameter(
                        instruction + ": an argument has no '='; each must be of the form name=value");
            }
            put(instruction, values, word.substring(0, equals), word.substring(equals + 1), variables);
        }
        return values;
    }

    private static Map<String, String> older(String instruction, String arguments, Map<String, String> variables) {
        String[] halves = arguments.split("\\s+", 2);
        if (halves.length < 2 || halves[1].isEmpty()) {
            throw new EngineException.InvalidParameter(instruction + " must have two arguments");
        }
        Map<String, String> values = new LinkedHashMap<>();
        put(instruction, values, halves[0], halves[1], variables);
        return values;
    }

    private static void put(
            String instruction, Map<String, String> values, String name, String value, Map<String, String> variables) {
        String expanded = Words.expand(name, variables);
        if (expanded.isEmpty()) {
            throw new EngineException.InvalidParameter(instruction + " names can not be blank");
        }
        values.put(expanded, Words.expand(value, variables));
    }
}
