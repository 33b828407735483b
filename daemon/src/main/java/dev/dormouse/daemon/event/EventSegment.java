package dev.dormouse.daemon.event;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One event file up to a length, open, so that it can be read even after it was replaced. For one reader, whose thread may be
 * interrupted: hence no channel, which an interrupt closes.
 *
 * @param bytes what is read of it
 */
record EventSegment(Path file, InputStream in, long bytes) implements AutoCloseable {
    static EventSegment open(Path file) throws IOException {
        InputStream in = new FileInputStream(file.toFile());
        return new EventSegment(file, in, file.toFile().length());
    }

    /**
     * Hands on the events in it; lines that are none are left out. To be called once.
     *
     * @return its head; absent: the file has none. Only with the head of this schema anything is handed on
     */
    Optional<EventLine.Head> read(Consumer<Event> events) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(new Beginning(in, bytes), StandardCharsets.UTF_8));
        String first = lines.readLine();
        Optional<EventLine.Head> head = first == null ? Optional.empty() : EventLine.head(first);
        if (head.isPresent() && head.get().schema() == EventLine.SCHEMA) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                EventLine.event(line).ifPresent(events);
            }
        }
        return head;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** What is appended while it is read is for others. */
    private static final class Beginning extends FilterInputStream {
        private long left;

        Beginning(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
