package dev.dormouse.units.journal;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts the journal's priority before each line. The line that begins an event of slf4j-simple is told by a mark where the time would be, and
 * has its level's priority; so have the lines after it, the rest of a message and a stack trace, until slf4j-simple flushes at the event's
 * end. What others write has a warning's. Events at level debug are left out while the switch is off, if there is one.
 */
final class JournalLines extends FilterOutputStream {
    /** No text of people's begins a line so. */
    static final String MARK = "\u0001";

    private static final String HEAD = MARK + " [";
    private static final char OTHER = '4';
    private static final char DEBUG = '7';
    /** A head with the longest level. */
    private static final int LONGEST_HEAD = HEAD.length() + "ERROR] ".length();
    /** Longer ones are cut in two, as the journal does (LineMax= in journald.conf(5), 48 K). */
    private static final int LONGEST = 32 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final LineForm form;
    private final DebugSwitch debug;
    private char priority = OTHER;
    private boolean left;

    JournalLines(OutputStream out, LineForm form, DebugSwitch debug) {
        super(out);
        this.form = form;
        this.debug = debug;
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
        left = false;
        super.flush();
    }

    /** In one write, as other processes may share the stream. */
    private void end() throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        String level = begin(bytes);
        if (!level.isEmpty()) {
            priority = priority(level);
            left = priority == DEBUG && !debug.isOn();
        }
        if (left) {
            return;
        }
        int skipped = level.isEmpty() ? 0 : HEAD.length() + level.length() + "] ".length();
        ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.length + 24);
        whole.writeBytes(form.head(priority, level).getBytes(StandardCharsets.US_ASCII));
        whole.write(bytes, skipped, bytes.length - skipped);
        whole.write('\n');
        out.write(whole.toByteArray());
    }

    /** The level of the event that the line begins; empty if it begins none. */
    private static String begin(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        int close = head.indexOf("] ");
        return head.startsWith(HEAD) && close >= 0 ? head.substring(HEAD.length(), close) : "";
    }

    private static char priority(String level) {
        return switch (level) {
            case "ERROR" -> '3';
            case "INFO" -> '6';
            case "DEBUG", "TRACE" -> DEBUG;
            default -> OTHER;
        };
    }
}
