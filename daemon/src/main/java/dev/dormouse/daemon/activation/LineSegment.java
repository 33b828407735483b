package dev.dormouse.daemon.activation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One of the activator's files, open. Its folder is that user's: no link is followed, nothing but a file is opened, and no more of it is read
 * than the activator would ever leave.
 */
record LineSegment(long number, FileChannel channel) implements AutoCloseable {
    /** More than its {@code ActivationFile.MOST_BYTES}, with what may be appended at once. */
    static final int MOST_BYTES = 1 << 20;

    /** What was read, up to an offset. */
    record Lines(List<String> lines, long offset) {}

    /** Empty if there is none, or it has no head yet. */
    static Optional<LineSegment> open(Path file) throws IOException, BrokenLineException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        try {
            List<String> head = read(channel, 0, ActivationLine.LONGEST).lines();
            if (!head.isEmpty()) {
                return Optional.of(new LineSegment(ActivationLine.head(head.getFirst()), channel));
            }
        } catch (IOException | BrokenLineException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** The whole lines from that offset on; 0 is the first after the head. */
    Lines from(long offset) throws IOException {
        // The activator would not leave so much, and whoever does must not keep its last words from being read.
        Lines read = read(channel, Math.max(offset, channel.size() - MOST_BYTES), MOST_BYTES);
        return offset > 0 || read.lines().isEmpty()
                ? read
                : new Lines(read.lines().subList(1, read.lines().size()), read.offset());
    }

    private static Lines read(FileChannel channel, long offset, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(channel.size() - offset, 0, most));
        long at = offset;
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        byte[] read = bytes.array();
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int index = 0; index < bytes.position(); index++) {
            if (read[index] == '\n') {
                lines.add(new String(read, begin, index - begin, StandardCharsets.UTF_8));
                begin = index + 1;
            }
        }
        return new Lines(lines, offset + begin);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
