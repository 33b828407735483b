package dev.dormouse.daemon.store;

import dev.dormouse.daemon.spec.ContainerId;
import java.nio.file.Path;

/**
 * Where the containers' lasting files are (docs/internals.md).
 *
 * @param root {@code /var/lib/dormouse}
 */
public record StateFolder(Path root) {
    /** One folder a container, named by its id. */
    public Path containers() {
        return root.resolve("containers");
    }

    /** One symbolic link a name. */
    public Path names() {
        return root.resolve("names");
    }

    public Path container(ContainerId id) {
        return containers().resolve(id.value());
    }

    /** What the container wrote, in conmon's k8s-file form. */
    public Path log(ContainerId id) {
        return container(id).resolve("container.log");
    }

    Path config(ContainerId id) {
        return container(id).resolve("config.json");
    }

    Path state(ContainerId id) {
        return container(id).resolve("state.json");
    }

    /** Its presence means that the container is being removed and only its removal may still be finished. */
    Path removing(ContainerId id) {
        return container(id).resolve("removing");
    }
}
