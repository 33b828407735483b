package dev.dormouse.daemon.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log forward, line by line, as it grows, through truncation (it goes on from the beginning) and rotation (it finishes the old
 * file, then reads the new one). Not thread-safe.
 */
final class LogCursor implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    /** conmon writes at most 8 KiB a line; what is longer is damage, and is skipped to the next line's end. */
    private static final int LONGEST_LINE = 1024 * 1024;

    private final Path log;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private LogPosition next;
    private @Nullable FileChannel channel;

    LogCursor(Path log, LogPosition from) {
        this.log = log;
        this.next = from;
    }

    /** Opens the log, so that what is in it can be read even when its container has been removed meanwhile. */
    void open() throws IOException {
        opened();
    }

    /** Hands over every whole line that is there, without its line's end. */
    void drain(Consumer<byte[]> lines) throws IOException {
        while (readToEnd(lines)) {
            // a rotation: the new file is read as well
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** Whether there is another file to read now. */
    private boolean readToEnd(Consumer<byte[]> lines) throws IOException {
        Optional<FileChannel> opened = opened();
        if (opened.isEmpty()) {
            return false;
        }
        FileChannel current = opened.get();
        if (current.size() < next.offset()) {
            startOver(next.file());
        }
        block.clear();
        while (current.read(block, next.offset()) > 0) {
            next = new LogPosition(next.file(), next.offset() + block.position());
            block.flip();
            split(lines);
            block.clear();
        }
        return rotated();
    }

    private Optional<FileChannel> opened() throws IOException {
        if (channel != null) {
            return Optional.of(channel);
        }
        try {
            FileChannel fresh = FileChannel.open(log, StandardOpenOption.READ);
            channel = fresh;
            Optional<Object> file = identity();
            if (!file.equals(next.file())) {
                startOver(file);
            }
            return Optional.of(fresh);
        } catch (NoSuchFileException _) {
            return Optional.empty(); // it was never started, or is being rotated
        }
    }

    private boolean rotated() throws IOException {
        Optional<Object> now = identity();
        if (now.isEmpty() || now.equals(next.file())) {
            return false;
        }
        close();
        return true;
    }

    private Optional<Object> identity() throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(log, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private void startOver(Optional<Object> file) {
        next = new LogPosition(file, 0);
        line.reset();
    }

    private void split(Consumer<byte[]> lines) {
        int start = 0;
        for (int i = 0; i < block.limit(); i++) {
            if (block.get(i) == '\n') {
                line.write(block.array(), start, i - start);
                lines.accept(line.toByteArray());
                line.reset();
                start = i + 1;
            }
        }
        if (line.size() < LONGEST_LINE) {
            line.write(block.array(), start, block.limit() - start);
        }
    }
}
