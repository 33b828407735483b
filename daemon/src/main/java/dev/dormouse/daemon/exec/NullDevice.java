package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A {@code /dev/null} of its own for the streams of one process: crun gives these to the process's user (fchown(2)), who could then take
 * the machine's own away from everybody. Gone from the file system when closed; who has it open keeps it.
 */
record NullDevice(Path path) implements AutoCloseable {
    /** Makes it in a folder whose file system allows devices. */
    static NullDevice in(Path folder, String name) {
        Path path = folder.resolve("null-" + name);
        Program.of("mknod", "--mode=0666", path.toString(), "c", "1", "3").runOrThrow();
        return new NullDevice(path);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }
}
