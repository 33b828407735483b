package dev.dormouse.daemon.log;

import java.time.Instant;

/**
 * Bytes a container wrote at once.
 *
 * @param bytes with the line's end, if the container wrote one
 */
@SuppressWarnings("ArrayRecordComponent") // moved on, never compared
public record LogEntry(Instant time, Stream stream, byte[] bytes) {
    /** Where it wrote. */
    public enum Stream {
        STDOUT,
        STDERR
    }
}
