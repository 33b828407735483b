package dev.dormouse.daemon.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The path of a route, with at most one variable: {@code /containers/{name}/json}. Like dockerd's, the variable takes several
 * segments, because an image's name has slashes; routes of fixed paths must therefore stand before those with a variable.
 */
record PathPattern(String before, String after, boolean variable) {
    private static final String VARIABLE = "{name}";

    static PathPattern of(String text) {
        int start = text.indexOf(VARIABLE);
        return start < 0
                ? new PathPattern(text, "", false)
                : new PathPattern(text.substring(0, start), text.substring(start + VARIABLE.length()), true);
    }

    /** The variable's value, percent-decoded, if {@code path} matches; empty text for a pattern without a variable. */
    Optional<String> match(String path) {
        if (!variable) {
            return path.equals(before) ? Optional.of("") : Optional.empty();
        }
        if (path.length() <= before.length() + after.length() || !path.startsWith(before) || !path.endsWith(after)) {
            return Optional.empty();
        }
        return decode(path.substring(before.length(), path.length() - after.length()));
    }

    private static Optional<String> decode(String text) {
        try {
            // In a path a plus sign is itself; only in a form it is a space.
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            // A broken escape names nothing that exists.
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return variable ? before + VARIABLE + after : before;
    }
}
