package dev.dormouse.activator.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the head of one client's first request, when all of it is there. Looks at each byte once, however slowly they come. For one thread.
 */
public final class HeadReader {
    /** RFC 9112, 2.2: empty lines before a request are let pass. */
    private static final int MOST_EMPTY = 8;

    private static final int LONGEST_METHOD = 24;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private int begin;
    private int method;
    private int scanned;
    private boolean methodEnded;

    /**
     * Reads what there is.
     *
     * @param sent everything from the client's first byte on; at least as much as the last time
     */
    public Reading read(ByteBuffer sent) {
        int end = sent.limit();
        while (begin < end && (sent.get(begin) == '\r' || sent.get(begin) == '\n')) {
            begin++;
        }
        if (begin > MOST_EMPTY) {
            return Reading.NOT_HTTP;
        }
        if (!methodEnded) {
            method = Math.max(method, begin);
            while (method < end && isToken(sent.get(method))) {
                method++;
            }
            if (method - begin > LONGEST_METHOD || (method < end && (method == begin || sent.get(method) != ' '))) {
                return Reading.NOT_HTTP;
            }
            methodEnded = method < end;
            scanned = method;
        }
        int length = headEnd(sent) - begin;
        if (length < 0) {
            return Reading.INCOMPLETE;
        }
        byte[] head = new byte[length];
        sent.get(begin, head);
        return HeadParser.parse(new String(head, StandardCharsets.ISO_8859_1));
    }

    /** Behind the line's end that an empty line follows; -1 if there is none yet. A line may end without a carriage return (2.2). */
    private int headEnd(ByteBuffer sent) {
        for (; scanned < sent.limit(); scanned++) {
            if (sent.get(scanned) != '\n') {
                continue;
            }
            int next = scanned + 1;
            if (next < sent.limit() && sent.get(next) == '\r') {
                next++;
            }
            if (next >= sent.limit()) {
                return -1;
            }
            if (sent.get(next) == '\n') {
                return scanned + 1;
            }
        }
        return -1;
    }

    /** RFC 9110, 5.6.2. */
    static boolean isToken(int character) {
        return (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || (character > 0 && TOKEN_MARKS.indexOf(character) >= 0);
    }
}
