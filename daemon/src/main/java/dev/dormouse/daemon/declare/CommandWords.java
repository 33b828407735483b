package dev.dormouse.daemon.declare;

import dev.dormouse.units.service.DeclarationException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command as the instructions of a Dockerfile have it: a JSON list is the program and its arguments, anything else is for a shell. */
final class CommandWords {
    private CommandWords() {}

    /**
     * The words of a command; none of a text that is blank.
     *
     * @throws DeclarationException if it begins as a JSON list and is none of texts
     */
    static List<String> of(String text) {
        if (!text.startsWith("[")) {
            return text.isBlank() ? List.of() : List.of("/bin/sh", "-c", text);
        }
        try {
            JsonNode list = JsonMapper.shared().readTree(text);
            if (list.valueStream().allMatch(JsonNode::isString)) {
                return list.valueStream().map(JsonNode::stringValue).toList();
            }
            throw new DeclarationException("'" + text + "' must be a JSON list of texts, the program first");
        } catch (JacksonException e) {
            throw new DeclarationException("'" + text + "' must be a JSON list of texts, the program first", e);
        }
    }
}
