package dev.dormouse.activator.cli;

import dev.dormouse.units.service.DeclarationException;
import java.util.function.Function;

/** What the text of an option says. */
final class OptionText {
    private OptionText() {}

    /**
     * Reads it.
     *
     * @param read throws {@link DeclarationException} if it is none
     * @throws CommandException naming the option, with what {@code read} says
     */
    static <T> T checked(String option, String text, Function<String, T> read) {
        try {
            return read.apply(text);
        } catch (DeclarationException e) {
            throw new CommandException(option + ": " + e.getMessage(), e);
        }
    }
}
