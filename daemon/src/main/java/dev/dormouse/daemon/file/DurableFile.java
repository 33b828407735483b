package dev.dormouse.daemon.file;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that a crash at any instant leaves either as they were or as they were to be: written beside, synced, renamed, and the folder
 * synced, without which the rename itself may be lost (fsync(2)). Thread-safe; of two writers of one file the last one wins.
 */
public final class DurableFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private DurableFile() {}

    /**
     * Replaces or makes a file that only root can read.
     *
     * @throws EngineException.Failed if it cannot be written; what was there before is untouched
     */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8), OWNER_ONLY);
    }

    /**
     * Replaces or makes a file with these permissions, whatever the umask.
     *
     * @throws EngineException.Failed if it cannot be written; what was there before is untouched
     */
    public static void write(Path file, byte[] content, Set<PosixFilePermission> permissions) {
        Path folder = folder(file);
        try {
            Failpoints.pass("write", file);
            Path temporary = Files.createTempFile(folder, "." + file.getFileName() + ".", ".new");
            try {
                writeAndSync(temporary, content);
                Files.setPosixFilePermissions(temporary, permissions);
                Failpoints.pass("rename", file);
                rename(temporary, file);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
            Failpoints.pass("sync", file);
            syncFolder(folder);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write " + file + ": " + reason(e), e);
        }
    }

    /** Removes a file, if there is one, for good. */
    public static void delete(Path file) {
        try {
            Failpoints.pass("delete", file);
            if (Files.deleteIfExists(file)) {
                syncFolder(folder(file));
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot remove " + file + ": " + reason(e), e);
        }
    }

    /**
     * Makes names that were added to or removed from a folder durable.
     *
     * @throws IOException if the disk refuses
     */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a durable file needs a path with a folder: " + file);
        }
        return folder;
    }

    private static void writeAndSync(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot rename atomically", e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException known) {
            String reason = known.getReason();
            return reason == null ? known.getClass().getSimpleName() : reason;
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
