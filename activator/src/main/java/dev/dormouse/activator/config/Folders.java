package dev.dormouse.activator.config;

import java.nio.file.Path;

/** Where the files of services and containers are: docs/internals.md. */
public record Folders(Path services, Path wake, Path run) {
    /** The machine's own. */
    public static final Folders SYSTEM =
            new Folders(Path.of("/etc/dormouse/services"), Path.of("/var/lib/dormouse/wake"), Path.of("/run/dormouse"));

    /** The file that {@code dormouse enable} writes. */
    public Path serviceFile(String name) {
        return services.resolve(name + ".json");
    }

    /** The file whose presence has the container's start ask for the prober. */
    public Path probeFile(String name) {
        return services.resolve(name + ".probe");
    }

    /** The file that the engine writes. */
    public Path wakeFile(String name) {
        return wake.resolve(name + ".json");
    }
}
