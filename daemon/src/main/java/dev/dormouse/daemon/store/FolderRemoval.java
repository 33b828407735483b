package dev.dormouse.daemon.store;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import dev.dormouse.daemon.file.DurableFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deletes folders of containers, never through a symbolic link, and never through a mount: behind one may be the host's own files. */
final class FolderRemoval {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** proc_pid_mountinfo(5): the fifth field is the mount point. */
    private static final int MOUNT_POINT = 4;

    private FolderRemoval() {}

    /** Deletes what is in a folder, but for the named files directly in it. */
    static void deleteContents(Path folder, Set<String> kept) {
        refuseMounts(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (!kept.contains(entry.getFileName().toString())) {
                    Failpoints.pass("delete", entry);
                    deleteTree(entry);
                }
            }
        } catch (NoSuchFileException _) {
            return; // somebody was faster: it is gone, as was asked for
        } catch (IOException e) {
            throw new EngineException.Failed("cannot delete " + folder + ": " + e, e);
        }
    }

    /** Deletes whatever it is; of a symbolic link, the link. */
    static void delete(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            deleteContents(path, Set.of());
        }
        DurableFile.delete(path);
    }

    private static void refuseMounts(Path folder) {
        Path prefix = folder.toAbsolutePath();
        List<Path> below;
        try {
            below = Files.readString(MOUNTS)
                    .lines()
                    .map(line -> line.split(" ", -1)[MOUNT_POINT])
                    .map(point -> Path.of(decoded(point)))
                    .filter(point -> point.startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + MOUNTS + " to delete " + folder + " safely: " + e, e);
        }
        if (!below.isEmpty()) {
            throw new EngineException.Failed("cannot delete " + folder + ": " + below.getFirst()
                    + " is still mounted; unmount it and try again");
        }
    }

    /** The kernel writes space, tab, newline and backslash as {@code \040} and the like. */
    private static String decoded(String point) {
        return point.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    private static void deleteTree(Path path) throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
