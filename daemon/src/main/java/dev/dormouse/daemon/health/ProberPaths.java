package dev.dormouse.daemon.health;

import java.nio.file.Path;

/**
 * The files that the prober reads and writes: docs/internals.md.
 *
 * @param state {@code /var/lib/dormouse}
 * @param run {@code /run/dormouse}
 * @param services {@code /etc/dormouse/services}
 */
public record ProberPaths(Path state, Path run, Path services) {
    private static final Path SERVICES = Path.of("/etc/dormouse/services");

    /** With the services where the machine has them. */
    public static ProberPaths of(Path state, Path run) {
        return new ProberPaths(state, run, SERVICES);
    }

    Path probes() {
        return run.resolve("probes");
    }

    Path plan(String id) {
        return state.resolve("containers").resolve(id).resolve("probe.json");
    }

    Path bundle(String id) {
        return state.resolve("containers").resolve(id).resolve("bundle/config.json");
    }

    Path log(String id) {
        return state.resolve("containers").resolve(id).resolve("container.log");
    }

    Path runFolder(String id) {
        return run.resolve("containers").resolve(id);
    }

    Path unit(String name) {
        return run.resolve("units").resolve(name);
    }

    Path service(String name) {
        return services.resolve(name + ".json");
    }

    HealthChanges changes() {
        return new HealthChanges(run.resolve("health"));
    }
}
