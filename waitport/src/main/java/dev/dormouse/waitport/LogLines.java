package dev.dormouse.waitport;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts together the lines that a container wrote from those of its log: {@code TIME stdout|stderr F|P TEXT}, where P is a part of a line
 * that goes on in the next entry of the same stream (CRI's logging format, conmon's k8s-file).
 */
final class LogLines {
    static final int LONGEST = 16 * 1024;

    private static final Pattern ENTRY = Pattern.compile("\\S+ (stdout|stderr) ([FP]) ?(.*)", Pattern.DOTALL);

    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    /** The line that this entry ends, if it ends one; what is no entry is passed over. */
    Optional<String> add(byte[] bytes, int offset, int length) {
        Matcher entry = ENTRY.matcher(new String(bytes, offset, length, StandardCharsets.UTF_8));
        if (!entry.matches()) {
            return Optional.empty();
        }
        StringBuilder line = entry.group(1).equals("stdout") ? out : err;
        String text = entry.group(3);
        line.append(text, 0, Math.min(text.length(), LONGEST - line.length()));
        if (entry.group(2).equals("P")) {
            return Optional.empty();
        }
        String whole = line.toString();
        line.setLength(0);
        return Optional.of(whole);
    }
}
