package dev.dormouse.waitport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the lines of a growing file, from where it was the last time; holds nothing open in between. */
final class LogTail {
    /** conmon writes lines of at most 8 KiB, and a head. */
    private static final int BLOCK = 64 * 1024;

    private final Path file;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private LogLines lines = new LogLines();
    private Optional<Object> identity;
    private long offset;
    private boolean inLine;

    private LogTail(Path file, Optional<Object> identity, long offset) {
        this.file = file;
        this.identity = identity;
        this.offset = offset;
    }

    static LogTail fromBeginning(Path file) {
        return new LogTail(file, Optional.empty(), 0);
    }

    static LogTail from(Path file, long offset) {
        return new LogTail(file, Optional.empty(), offset);
    }

    static LogTail fromNow(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new LogTail(file, Optional.ofNullable(attributes.fileKey()), attributes.size());
        } catch (IOException _) {
            // Not there yet, or not readable: then the first read says so, and all that it ever holds is new.
            return fromBeginning(file);
        }
    }

    /** Why reading ended. */
    enum End {
        FOUND,
        READ_ALL,
        OUT_OF_TIME
    }

    /** Until a line is the wanted one, or all that is there was read, or the time is over or the thread interrupted. */
    End read(Predicate<String> wanted, Deadline deadline) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            startAnewIfReplaced(channel.size());
            while (!deadline.over() && !Thread.currentThread().isInterrupted()) {
                block.clear();
                int length = channel.read(block, offset);
                int end = wholeLines(length);
                if (end > 0) {
                    if (hasWanted(end, wanted, deadline)) {
                        return End.FOUND;
                    }
                } else if (length == BLOCK) {
                    // No line of conmon's is that long: nothing of it counts.
                    inLine = true;
                    offset += length;
                } else {
                    return End.READ_ALL;
                }
            }
            return End.OUT_OF_TIME;
        }
    }

    /** Where the last whole line of the block ends; 0 if there is none. */
    private int wholeLines(int length) {
        int end = Math.max(length, 0);
        while (end > 0 && block.get(end - 1) != '\n') {
            end--;
        }
        return end;
    }

    /** Goes through the lines up to there, at least one, while there is time. */
    private boolean hasWanted(int end, Predicate<String> wanted, Deadline deadline) {
        int start = 0;
        do {
            int newline = start;
            while (block.get(newline) != '\n') {
                newline++;
            }
            Optional<String> line = inLine ? Optional.empty() : lines.add(block.array(), start, newline - start);
            inLine = false;
            offset += newline + 1 - start;
            start = newline + 1;
            if (line.filter(wanted).isPresent()) {
                return true;
            }
        } while (start < end && !deadline.over());
        return false;
    }

    private void startAnewIfReplaced(long size) throws IOException {
        Optional<Object> now = Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        boolean replaced = identity.isPresent() && !Objects.equals(identity, now);
        if (replaced || size < offset) {
            offset = 0;
            inLine = false;
            lines = new LogLines();
        }
        identity = now;
    }
}
