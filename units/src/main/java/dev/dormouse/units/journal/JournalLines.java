package dev.dormouse.units.journal;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts the journal's priority before each line. The line that begins an event of slf4j-simple is told by a mark where the time would be, and
 * has its level's priority; so have the lines after it, the rest of a message and a stack trace, until slf4j-simple flushes at the event's
 * end. What others write has a warning's.
 */
final class JournalLines extends FilterOutputStream {
    /** No text of people's begins a line so. */
    static final String MARK = "\u0001";

    private static final String HEAD = MARK + " [";
    private static final char OTHER = '4';
    /** A head with the longest level. */
    private static final int LONGEST_HEAD = HEAD.length() + "ERROR] ".length();
    /** Longer ones are cut in two, as the journal does (LineMax= in journald.conf(5), 48 K). */
    private static final int LONGEST = 32 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private char priority = OTHER;

    JournalLines(OutputStream out) {
        super(out);
    }

    @Override
    public synchronized void write(int character) throws IOException {
        if (character != '\n') {
            line.write(character);
        }
        if (character == '\n' || line.size() >= LONGEST) {
            end();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        priority = OTHER;
        super.flush();
    }

    /** In one write, as other processes may share the stream. */
    private void end() throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        int skipped = begin(bytes);
        ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.length + 4);
        whole.writeBytes(new byte[] {'<', (byte) priority, '>'});
        whole.write(bytes, skipped, bytes.length - skipped);
        whole.write('\n');
        out.write(whole.toByteArray());
    }

    /** Takes the priority from an event's first line; the length of what then need not be shown. */
    private int begin(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        int close = head.indexOf("] ");
        if (!head.startsWith(HEAD) || close < 0) {
            return 0;
        }
        priority = switch (head.substring(HEAD.length(), close)) {
            case "ERROR" -> '3';
            case "INFO" -> '6';
            case "DEBUG", "TRACE" -> '7';
            default -> OTHER;
        };
        return close + "] ".length();
    }
}
