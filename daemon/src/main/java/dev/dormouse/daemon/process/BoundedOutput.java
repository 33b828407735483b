package dev.dormouse.daemon.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What came out of a stream, read to its end so that the writer never blocks, but not kept beyond a bound. */
final class BoundedOutput {
    /** Which end of an overlong stream is of use. */
    enum Keep {
        FIRST,
        LAST
    }

    private final int limit;
    private final Keep keep;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean overflowed;

    BoundedOutput(int limit, Keep keep) {
        this.limit = limit;
        this.keep = keep;
    }

    void readAll(InputStream stream) throws IOException {
        byte[] buffer = new byte[16 << 10];
        int count = stream.read(buffer);
        while (count >= 0) {
            add(buffer, count);
            count = stream.read(buffer);
        }
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean overflowed() {
        return overflowed;
    }

    private synchronized void add(byte[] buffer, int count) {
        int room = limit - kept.size();
        overflowed |= count > room;
        switch (keep) {
            case FIRST -> kept.write(buffer, 0, Math.min(count, room));
            case LAST -> addLast(buffer, count, room);
        }
    }

    private void addLast(byte[] buffer, int count, int room) {
        int fitting = Math.min(count, limit);
        if (fitting > room) {
            byte[] old = kept.toByteArray();
            int stay = limit - fitting;
            kept.reset();
            kept.write(old, old.length - stay, stay);
        }
        kept.write(buffer, count - fitting, fitting);
    }
}
