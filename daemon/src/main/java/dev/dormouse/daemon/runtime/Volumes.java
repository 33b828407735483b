package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The anonymous volumes of a container: what its image declares and nothing else is mounted on. Each is a folder of the container's that
 * begins as a copy of what the image has there, as docker does, and goes with the container.
 */
record Volumes(RuntimePaths paths) {
    private static final Duration COPY_LIMIT = Duration.ofMinutes(10);

    /** Makes those that are not there; path in the container to folder. */
    Map<String, Path> make(ContainerRecord container, Set<String> declared, List<Path> layers) {
        Set<String> wanted = new TreeSet<>(declared);
        container.hostConfig().binds().stream().map(BindMount::target).forEach(wanted::remove);
        wanted.removeAll(container.hostConfig().tmpfs().keySet());
        Map<String, Path> volumes = new TreeMap<>();
        Path folder = paths.container(container.id()).resolve("volumes");
        for (String path : wanted) {
            Path volume = folder.resolve(folderName(path));
            volumes.put(path, volume);
            if (!Files.isDirectory(volume)) {
                copyUp(container, path, volume, layers);
            }
        }
        return volumes;
    }

    /** One path element that no other path gives. */
    private static String folderName(String path) {
        return path.substring(1).replace("_", "__").replace('/', '_');
    }

    private void copyUp(ContainerRecord container, String path, Path volume, List<Path> layers) {
        Path folder = volume.resolveSibling(volume.getFileName() + ".new");
        Path merged = paths.container(container.id()).resolve("copy");
        Path empty = paths.container(container.id()).resolve("copy.empty");
        try {
            Program.of("rm", "-rf", "--one-file-system", folder.toString()).runOrThrow();
            Files.createDirectories(folder);
            Files.createDirectories(merged);
            Files.createDirectories(empty);
            copy(container, path, layers, folder);
            Files.delete(merged);
            Files.delete(empty);
            Files.move(folder, volume);
        } catch (IOException e) {
            throw new EngineException.Failed(
                    "cannot make the volume " + path + " of container " + container.name() + ": " + e.getMessage(), e);
        }
    }

    private void copy(ContainerRecord container, String path, List<Path> layers, Path target) throws IOException {
        Optional<Path> source = inImage(path, layers);
        if (source.isEmpty()) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            return;
        }
        // An empty layer more, since a read-only overlay wants two; relative names as LayerLinks explains.
        StringBuilder lower = new StringBuilder("lowerdir=copy.empty");
        for (int i = 0; i < layers.size(); i++) {
            lower.append(":layers/").append(i);
        }
        // In a mount namespace of its own: however this ends, nothing stays mounted.
        Program.of(
                        "unshare",
                        "--mount",
                        "--propagation=private",
                        "sh",
                        "-euc",
                        """
                        cd "$1"
                        mount -t overlay overlay -o "ro,$2" copy
                        exec cp --archive --no-target-directory "copy/$3" "$4"
                        """,
                        "copy",
                        paths.container(container.id()).toString(),
                        lower.toString(),
                        source.get().toString(),
                        target.toString())
                .with("LIBMOUNT_FORCE_MOUNT2", "always")
                .within(COPY_LIMIT)
                .runOrThrow();
    }

    /** Where the image has it, relative to its root and without links, which could lead out of it to the host. */
    private static Optional<Path> inImage(String path, List<Path> layers) throws IOException {
        return new LayeredRoot(layers)
                .directory(path)
                .flatMap(found -> layers.stream()
                        .filter(found::startsWith)
                        .map(layer -> layer.relativize(found))
                        .findFirst());
    }
}
