package dev.dormouse.daemon.health;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The first of what a command wrote, as dockerd keeps it; the rest is counted for nothing. */
final class FirstBytes {
    /** dockerd's maxOutputLen. */
    static final int MOST = 4096;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean truncated;

    void add(byte[] bytes, int count) {
        int room = Math.min(count, MOST - kept.size());
        kept.write(bytes, 0, room);
        truncated |= room < count;
    }

    /** With dots at the end if there was more. */
    String text() {
        return kept.toString(StandardCharsets.UTF_8) + (truncated ? "..." : "");
    }
}
