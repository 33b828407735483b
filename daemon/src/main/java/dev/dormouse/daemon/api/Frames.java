package dev.dormouse.daemon.api;

import dev.dormouse.daemon.log.LogEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Docker's multiplexed stream: before every piece eight bytes, the stream's number (1 or 2), three zeros, and the length in network
 * byte order.
 */
final class Frames {
    private static final int HEAD = 8;
    /** Always nine digits, as dockerd: lines stay aligned. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Frames() {}

    static byte[] frame(LogEntry.Stream stream, byte[] bytes) {
        return ByteBuffer.allocate(HEAD + bytes.length)
                .put(number(stream))
                .position(4)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte number(LogEntry.Stream stream) {
        return switch (stream) {
            case STDOUT -> 1;
            case STDERR -> 2;
        };
    }

    static byte[] frame(LogEntry entry, boolean timestamp) {
        byte[] before =
                timestamp ? (TIMESTAMP.format(entry.time()) + " ").getBytes(StandardCharsets.US_ASCII) : new byte[0];
        int length = before.length + entry.bytes().length;
        return ByteBuffer.allocate(HEAD + length)
                .put(number(entry.stream()))
                .position(4)
                .putInt(length)
                .put(before)
                .put(entry.bytes())
                .array();
    }
}
