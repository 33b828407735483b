package dev.dormouse.daemon.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds where a log's last lines begin by reading it backwards, so that the tail of a large log costs what the tail is long. */
final class TailOffset {
    private static final int BLOCK = 64 * 1024;

    /** {@code 2026-11-24T10:00:00.000000000+00:00 stderr F }: enough of a line to see its tag. */
    private static final int HEAD = 64;

    private final FileChannel channel;
    private final int wanted;
    private final ByteBuffer head = ByteBuffer.allocate(HEAD);
    private int whole;

    private TailOffset(FileChannel channel, int wanted) {
        this.channel = channel;
        this.wanted = wanted;
    }

    /**
     * The offset of the first of the last {@code lines} whole lines before {@code end}; with 0, that after the last line's end. What
     * conmon split ({@code P}) counts with the line that it belongs to.
     */
    static long find(Path log, long end, int lines) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            return new TailOffset(channel, lines).backwards(end);
        }
    }

    private long backwards(long end) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long lineEnd = -1; // where the line being crossed ends; none while only an unfinished one was crossed
        for (long blockEnd = end; blockEnd > 0; blockEnd -= BLOCK) {
            long blockStart = Math.max(0, blockEnd - BLOCK);
            fill(block, blockStart, (int) (blockEnd - blockStart));
            for (int i = block.limit() - 1; i >= 0; i--) {
                if (block.get(i) != '\n') {
                    continue;
                }
                long lineStart = blockStart + i + 1;
                if (wanted == 0 || enoughBefore(lineStart, lineEnd)) {
                    return wanted == 0 ? lineStart : lineEnd;
                }
                lineEnd = lineStart;
            }
        }
        return enoughBefore(0, lineEnd) ? lineEnd : 0;
    }

    /** Whether the line from {@code lineStart} is one more than wanted. */
    private boolean enoughBefore(long lineStart, long lineEnd) throws IOException {
        if (lineEnd < 0 || !isWhole(lineStart)) {
            return false;
        }
        whole++;
        return whole > wanted;
    }

    private boolean isWhole(long lineStart) throws IOException {
        fill(head, lineStart, HEAD);
        int spaces = 0;
        for (int i = 0; i < head.limit(); i++) {
            if (head.get(i) == '\n') {
                return false;
            }
            if (head.get(i) == ' ' && ++spaces == 2) {
                return i + 1 < head.limit() && head.get(i + 1) == 'F';
            }
        }
        return false;
    }

    private void fill(ByteBuffer buffer, long from, int length) throws IOException {
        buffer.clear().limit(length);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // a read may return less than asked for
        }
        buffer.flip();
    }
}
