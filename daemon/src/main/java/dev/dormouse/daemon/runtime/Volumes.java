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
            // An empty layer more, since a read-only overlay wants two; relative names as LayerLinks explains.
            mount(paths.container(container.id()), layers.size(), merged);
            try {
                copy(merged, path, folder);
            } finally {
                Program.of("umount", merged.toString()).runOrThrow();
            }
            Files.delete(merged);
            Files.delete(empty);
            Files.move(folder, volume);
        } catch (IOException e) {
            throw new EngineException.Failed(
                    "cannot make the volume " + path + " of container " + container.name() + ": " + e.getMessage(), e);
        }
    }

    private static void mount(Path container, int layers, Path merged) {
        StringBuilder lower = new StringBuilder("lowerdir=copy.empty");
        for (int i = 0; i < layers; i++) {
            lower.append(":layers/").append(i);
        }
        Program.of(
                        "sh",
                        "-c",
                        "cd \"$1\" && exec mount -t overlay overlay -o \"ro,$2\" \"$3\"",
                        "mount",
                        container.toString(),
                        lower.toString(),
                        merged.toString())
                .with("LIBMOUNT_FORCE_MOUNT2", "always")
                .runOrThrow();
    }

    /** In a root of its own, so that a link in the image leads to the image. */
    private static void copy(Path merged, String path, Path target) throws IOException {
        Path source = new LayeredRoot(List.of(merged)).directory(path).orElse(target);
        if (source.equals(target)) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            return;
        }
        Program.of("cp", "--archive", "--no-target-directory", source.toString(), target.toString())
                .within(COPY_LIMIT)
                .runOrThrow();
    }
}
