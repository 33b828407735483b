package dev.dormouse.daemon.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON form of an instruction's arguments: {@code ["nginx", "-g", "daemon off;"]}. */
final class JsonForm {
    private JsonForm() {}

    /** Its words; absent if it is in shell form, as everything is that is not an array of strings. */
    static Optional<List<String>> words(String arguments) {
        if (!arguments.startsWith("[")) {
            return Optional.empty();
        }
        JsonNode array;
        try {
            array = ImageJson.MAPPER.readTree(arguments);
        } catch (JacksonException _) {
            // Docker's rule: what does not parse is a shell command that happens to start with a bracket.
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (JsonNode word : array) {
            if (!word.isString()) {
                return Optional.empty();
            }
            words.add(word.stringValue());
        }
        return Optional.of(words);
    }
}
