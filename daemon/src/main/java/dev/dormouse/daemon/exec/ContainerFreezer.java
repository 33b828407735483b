package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.ControlGroup;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Who has frozen a container: the activator, in the one cgroup that is its to freeze, or a user, in any other on the way to the root
 * (decision 16).
 *
 * @param root where the unified hierarchy is
 */
record ContainerFreezer(RuntimePaths paths, Path root) {
    private static final String FREEZE = "cgroup.freeze";

    static ContainerFreezer of(RuntimePaths paths) {
        return new ContainerFreezer(paths, ControlGroup.ROOT);
    }

    /** Whether a user has. */
    boolean isPaused(ContainerId container) {
        Optional<Path> activators = activators(container);
        Optional<Path> folder = text(paths.run()
                        .resolve("containers")
                        .resolve(container.value())
                        .resolve("pid"))
                .flatMap(pid -> ControlGroup.of(Long.parseLong(pid), root))
                .map(ControlGroup::folder);
        while (folder.isPresent() && !folder.get().equals(root)) {
            if (!folder.equals(activators) && isFrozen(folder.get())) {
                return true;
            }
            folder = folder.map(Path::getParent);
        }
        return false;
    }

    /** Ends what the activator has begun. It will see the session and know (docs/internals.md). */
    void thaw(ContainerId container) {
        Optional<Path> folder = activators(container).filter(ContainerFreezer::isFrozen);
        if (folder.isPresent()) {
            Path file = folder.get().resolve(FREEZE);
            try {
                Files.writeString(file, "0", StandardOpenOption.WRITE);
            } catch (NoSuchFileException _) {
                return; // it has ended
            } catch (IOException e) {
                throw new EngineException.Failed("cannot thaw container " + container + ": " + e.getMessage(), e);
            }
        }
    }

    private Optional<Path> activators(ContainerId container) {
        return text(paths.run().resolve("containers").resolve(container.value()).resolve("cgroup"))
                .map(Path::of);
    }

    private static boolean isFrozen(Path folder) {
        return text(folder.resolve(FREEZE)).filter("1"::equals).isPresent();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException _) {
            return Optional.empty(); // no unified hierarchy, or it has ended
        }
    }
}
