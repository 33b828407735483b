package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.spec.ContainerId;
import java.nio.file.Path;

/**
 * Where the runtime's files are: docs/internals.md, "Who writes what where".
 *
 * @param state what lasts: {@code /var/lib/dormouse}
 * @param run what is true of running processes: {@code /run/dormouse}
 * @param scripts the folder of the {@code container-*} scripts: {@code /usr/lib/dormouse}
 */
public record RuntimePaths(Path state, Path run, Path scripts) {
    /** The system's own. */
    public static RuntimePaths installedAt(Path prefix) {
        return new RuntimePaths(Path.of("/var/lib/dormouse"), Path.of("/run/dormouse"), prefix.resolve("lib/dormouse"));
    }

    Path containers() {
        return state.resolve("containers");
    }

    Path container(ContainerId id) {
        return containers().resolve(id.value());
    }

    Path bundle(ContainerId id) {
        return container(id).resolve("bundle/config.json");
    }

    Path upper(ContainerId id) {
        return container(id).resolve("upper");
    }

    Path merged(ContainerId id) {
        return container(id).resolve("merged");
    }

    Path unitEnvironment(ContainerId id) {
        return container(id).resolve("unit.env");
    }

    Path exit(ContainerId id) {
        return container(id).resolve("exit");
    }

    Path wake(String name) {
        return state.resolve("wake").resolve(name + ".json");
    }

    /** A mark for each container that the engine must look after at boot. */
    Path autostart() {
        return state.resolve("autostart");
    }

    Path runContainers() {
        return run.resolve("containers");
    }

    Path runFolder(ContainerId id) {
        return runContainers().resolve(id.value());
    }

    Path started(ContainerId id) {
        return runFolder(id).resolve("started");
    }

    /** The unit that has the container, by its instance: there from the begin of a start to the end of the clean-up. */
    Path claim(ContainerId id) {
        return runFolder(id).resolve("unit");
    }

    /** The container that a unit has, by its id. */
    Path claimed(String unitName) {
        return run.resolve("units").resolve(unitName);
    }

    Path networkNamespace(ContainerId id) {
        return run.resolve("netns").resolve(id.value());
    }
}
