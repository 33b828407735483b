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

    /** Holds a file for each container of a service that is being started. */
    public Path slots() {
        return run.resolve("slots");
    }

    /** The file that the engine writes. */
    public Path wakeFile(String name) {
        return wake.resolve(name + ".json");
    }

    /**
     * A service as its file declares it.
     *
     * @throws ConfigException if there is no such file, or it is wrong
     */
    public ServiceConfig service(String name) {
        return ServiceConfig.read(serviceFile(name), name);
    }
}
