package dev.dormouse.waitport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The final status in the beginning of an HTTP/1.x answer (RFC 9112, 4), past any 1xx answers.
 *
 * @param malformed whether this is not HTTP
 * @param status empty while it has not been received
 */
record StatusLine(boolean malformed, OptionalInt status) {
    private static final StatusLine INCOMPLETE = new StatusLine(false, OptionalInt.empty());
    private static final StatusLine MALFORMED = new StatusLine(true, OptionalInt.empty());
    private static final String START = "HTTP/1.";
    private static final Pattern LINE = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?: .*)?\r?");

    /** Looks at the first {@code length} bytes. */
    static StatusLine find(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, ISO_8859_1);
        int from = 0;
        while (true) {
            int end = text.indexOf('\n', from);
            if (end < 0) {
                String begun = text.substring(from, Math.min(text.length(), from + START.length()));
                return START.startsWith(begun) ? INCOMPLETE : MALFORMED;
            }
            Matcher matcher = LINE.matcher(text).region(from, end);
            if (!matcher.matches()) {
                return MALFORMED;
            }
            int status = Integer.parseInt(matcher.group(1));
            if (status >= 200) {
                return new StatusLine(false, OptionalInt.of(status));
            }
            int headersEnd = text.indexOf("\r\n\r\n", from);
            if (headersEnd < 0) {
                return INCOMPLETE;
            }
            from = headersEnd + 4;
        }
    }
}
