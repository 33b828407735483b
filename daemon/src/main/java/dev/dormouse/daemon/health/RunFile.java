package dev.dormouse.daemon.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A small file under {@code /run}: replaced as a whole. Not synced: it is of this boot only. */
final class RunFile {
    static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rw-r--r--");
    static final Set<PosixFilePermission> FOR_ROOT = PosixFilePermissions.fromString("rw-------");

    private RunFile() {}

    static void write(Path file, String text) throws IOException {
        write(file, text, FOR_ALL);
    }

    /** One thread at a time may write a file. */
    static void write(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(FOR_ROOT));
        Files.writeString(fresh, text);
        Files.setPosixFilePermissions(fresh, permissions);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
