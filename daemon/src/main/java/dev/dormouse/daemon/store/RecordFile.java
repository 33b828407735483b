package dev.dormouse.daemon.store;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a record of any origin: neither a pipe, which would block for ever, nor a file that fills the memory. */
final class RecordFile {
    /** The largest real one holds an environment and labels: kilobytes. */
    private static final int LARGEST = 16 << 20;

    private RecordFile() {}

    /**
     * Its bytes.
     *
     * @throws NoSuchFileException if it is not there
     * @throws EngineException.Failed if it is no file, or too large
     */
    static byte[] read(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new EngineException.Failed("it is no file, but a folder, a link to nowhere or something else");
        }
        if (Files.size(file) > LARGEST) {
            throw new EngineException.Failed("it has " + Files.size(file) + " bytes; at most " + LARGEST + " are read");
        }
        return Files.readAllBytes(file);
    }
}
