package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** Adds up the files of a directory tree: regular files only, a file of several hard links once. */
final class LayerSize extends SimpleFileVisitor<Path> {
    private final Set<Object> counted = new HashSet<>();
    private long bytes;

    private LayerSize() {}

    /** In bytes. */
    static long of(Path directory) {
        LayerSize size = new LayerSize();
        try {
            Files.walkFileTree(directory, size);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot measure the layer in " + directory + ": " + e.getMessage(), e);
        }
        return size.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        if (attributes.isRegularFile() && (key == null || counted.add(key))) {
            bytes += attributes.size();
        }
        return FileVisitResult.CONTINUE;
    }
}
