package dev.dormouse.activator.config;

import dev.dormouse.units.service.ExposedPorts;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the engine wrote of a container into {@code wake/NAME.json} when it was created.
 *
 * @param address where its ports are reached; empty if it has no network
 * @param ports exposed ones
 * @param runtimeFolder holds {@code pid} and {@code started} while it runs
 * @param healthcheck whether it has a health check
 */
public record ContainerFacts(
        String name, Optional<InetAddress> address, ExposedPorts ports, Path runtimeFolder, boolean healthcheck) {
    private static final int SCHEMA = 1;

    /**
     * Reads the facts of a container.
     *
     * @throws ConfigException if the file is missing or not as docs/internals.md says
     */
    public static ContainerFacts read(Path file, String name) {
        JsonFields fields = JsonFields.read(file);
        fields.requireSchema(SCHEMA);
        if (!fields.text("name").equals(name)) {
            throw fields.wrong("name", "must be " + name);
        }
        Path runtimeFolder = Path.of(fields.text("runtimeFolder"));
        if (!runtimeFolder.isAbsolute()) {
            throw fields.wrong("runtimeFolder", "must be an absolute path");
        }
        Optional<InetAddress> address = fields.optionalText("address").map(text -> address(fields, text));
        return new ContainerFacts(
                name,
                address,
                new ExposedPorts(fields.ports("ports"), fields.optionalPorts("udpPorts")),
                runtimeFolder,
                fields.flag("healthcheck"));
    }

    private static InetAddress address(JsonFields fields, String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("address", "must be an IP address", e);
        }
    }

    /** The container's id, which its runtime folder is named after. */
    public String container() {
        return String.valueOf(runtimeFolder.getFileName());
    }

    /** Exists while the container runs: the engine's unit scripts write it when it has started, and remove it first of all. */
    public Path startedFile() {
        return runtimeFolder.resolve("started");
    }
}
