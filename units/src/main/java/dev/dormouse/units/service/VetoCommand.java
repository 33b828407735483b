package dev.dormouse.units.service;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A command in the container that has a say in whether it may sleep.
 *
 * @param text as it was declared
 * @param words the program and its arguments
 */
public record VetoCommand(String text, List<String> words) {
    /** @throws DeclarationException if there is no program, or a word holds what no argument can */
    public VetoCommand {
        words = List.copyOf(words);
        if (words.isEmpty() || words.getFirst().isEmpty() || words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw new DeclarationException("'" + text + "' is no command: give one for the container's shell, or a JSON"
                    + " list of texts, the program first");
        }
    }

    /** For {@code service-veto}: words of a shell. */
    String quoted() {
        return words.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" ")) + "\n";
    }
}
