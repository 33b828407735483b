package dev.dormouse.daemon.log;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A place in a log: the file, so that a rotation in between is noticed, and the offset in it. Holds nothing open.
 *
 * @param file inode and device; absent: there was no file yet
 * @param offset in bytes, at the beginning of a line
 */
public record LogPosition(Optional<Object> file, long offset) {
    /** Before everything. */
    static final LogPosition BEGIN = new LogPosition(Optional.empty(), 0);

    /**
     * Where the next line of this log will begin.
     *
     * @throws EngineException.Failed if the log is there but cannot be read
     */
    public static LogPosition end(Path log) {
        return lastLines(log, 0);
    }

    /**
     * Where the last {@code count} lines begin; an unfinished one at the end is on top of them.
     *
     * @throws EngineException.Failed if the log is there but cannot be read
     */
    static LogPosition lastLines(Path log, int count) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(log, BasicFileAttributes.class);
            long offset = TailOffset.find(log, attributes.size(), count);
            return new LogPosition(Optional.ofNullable(attributes.fileKey()), offset);
        } catch (NoSuchFileException _) {
            return BEGIN;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read the log " + log + ": " + e.getMessage(), e);
        }
    }
}
