package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.container.TerminalSize;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A checked body of {@code POST /exec/{id}/start}.
 *
 * @param terminal whether the stream is as a terminal has it, rather than in frames
 */
public record ExecStartRequest(boolean detach, boolean terminal, Optional<TerminalSize> size) {
    private static final Set<String> KNOWN = Set.of("Detach", "Tty", "ConsoleSize");

    /**
     * Checks a body.
     *
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if a field is wrong, or one that is not known asks for something
     */
    public static ExecStartRequest of(JsonNode body) {
        ExecFields fields = new ExecFields(body);
        fields.requireKnown(KNOWN);
        return new ExecStartRequest(fields.flag("Detach"), fields.flag("Tty"), fields.size("ConsoleSize"));
    }
}
