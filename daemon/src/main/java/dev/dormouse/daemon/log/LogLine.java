package dev.dormouse.daemon.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * One line of conmon's k8s-file log: {@code 2026-11-24T10:00:00.000000000+00:00 stdout F text}, as the kubelet's container runtime
 * interface defines it.
 *
 * @param partial the container wrote no line's end here ({@code P})
 */
@SuppressWarnings("ArrayRecordComponent") // moved on, never compared
record LogLine(Instant time, LogEntry.Stream stream, boolean partial, byte[] content) {
    /**
     * The line, or nothing if it is not of that form: a line that a full disk or a crash cut short must not hide the others.
     *
     * @param line without its line's end
     */
    static Optional<LogLine> parse(byte[] line) {
        int afterTime = indexOfSpace(line, 0);
        int afterStream = indexOfSpace(line, afterTime + 1);
        int afterTag = indexOfSpace(line, afterStream + 1);
        if (afterTime < 0 || afterStream < 0 || afterTag != afterStream + 2) {
            return Optional.empty();
        }
        byte tag = line[afterStream + 1];
        Optional<LogEntry.Stream> stream = stream(text(line, afterTime + 1, afterStream));
        if (stream.isEmpty() || (tag != 'F' && tag != 'P')) {
            return Optional.empty();
        }
        boolean partial = tag == 'P';
        byte[] content = Arrays.copyOfRange(line, afterTag + 1, line.length + (partial ? 0 : 1));
        if (!partial) {
            content[content.length - 1] = '\n';
        }
        try {
            Instant time = OffsetDateTime.parse(text(line, 0, afterTime)).toInstant();
            return Optional.of(new LogLine(time, stream.get(), partial, content));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<LogEntry.Stream> stream(String word) {
        return switch (word) {
            case "stdout" -> Optional.of(LogEntry.Stream.STDOUT);
            case "stderr" -> Optional.of(LogEntry.Stream.STDERR);
            default -> Optional.empty();
        };
    }

    private static String text(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int indexOfSpace(byte[] line, int from) {
        for (int i = Math.max(from, 0); i < line.length; i++) {
            if (line[i] == ' ') {
                return i;
            }
        }
        return -1;
    }
}
