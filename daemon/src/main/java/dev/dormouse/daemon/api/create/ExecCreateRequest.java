package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A checked body of {@code POST /containers/{id}/exec}. */
public record ExecCreateRequest(ExecConfig config) {
    private static final Set<String> KNOWN = Set.of(
            "AttachStdin",
            "AttachStdout",
            "AttachStderr",
            "ConsoleSize",
            "DetachKeys",
            "Tty",
            "Env",
            "Cmd",
            "Privileged",
            "User",
            "WorkingDir",
            // The client's own note: what counts is what the start says.
            "Detach");

    /**
     * Checks a body.
     *
     * @throws EngineException.InvalidParameter if a field is wrong, or one that is not known asks for something
     */
    public static ExecCreateRequest of(JsonNode body) {
        ExecFields fields = new ExecFields(body);
        fields.requireKnown(KNOWN);
        boolean _ = fields.flag("Detach");
        List<String> command = fields.texts("Cmd");
        if (command.isEmpty()) {
            throw new EngineException.InvalidParameter("No exec command specified");
        }
        List<String> environment = fields.texts("Env");
        ExecFields.require(
                environment.stream().noneMatch(entry -> entry.isEmpty() || entry.startsWith("=")),
                "Env",
                "a list of NAME=value; one has no name");
        String folder = fields.text("WorkingDir");
        ExecFields.require(folder.isEmpty() || folder.startsWith("/"), "WorkingDir", "an absolute path");
        return new ExecCreateRequest(new ExecConfig(
                command,
                environment,
                fields.text("User"),
                folder,
                fields.flag("Privileged"),
                fields.flag("Tty"),
                new ExecConfig.Attached(
                        fields.flag("AttachStdin"), fields.flag("AttachStdout"), fields.flag("AttachStderr")),
                KeyNames.parse("DetachKeys", fields.text("DetachKeys")),
                fields.size("ConsoleSize")));
    }
}
