package dev.dormouse.activator.config;

import java.nio.file.Path;

/** Where the files of services and containers are: docs/internals.md. */
public record Folders(Path services, Path wake, Path slots) {
    /** The machine's own. */
    public static final Folders SYSTEM = new Folders(
            Path.of("/etc/dormouse/services"), Path.of("/var/lib/dormouse/wake"), Path.of("/run/dormouse/slots"));

    /** The file that {@code dormouse enable} writes. */
    public Path serviceFile(String name) {
        return services.resolve(name + ".json");
    }

    /** The file that the engine writes. */
    public Path wakeFile(String name) {
        return wake.resolve(name + ".json");
    }
}
