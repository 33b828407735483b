package dev.dormouse.activator.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the head of a request, strictly: what servers read in different ways is malformed here. */
final class HeadParser {
    private static final Pattern REQUEST_LINE = Pattern.compile("(\\S+) (\\S+) HTTP/1\\.([0-9])");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]+)([/?][^#]*)?");
    private static final Pattern AUTHORITY =
            Pattern.compile("([a-z0-9._~!$&'()*+,;=%-]+?|\\[[0-9a-f:.]+])\\.?(:[0-9]{0,5})?");

    private HeadParser() {}

    /** Reads lines that each end with a line feed; the last is not empty. */
    static Reading parse(String text) {
        String[] lines = text.split("\r?\n", -1);
        Matcher request = REQUEST_LINE.matcher(lines[0]);
        if (!request.matches() || !text.chars().allMatch(HeadParser::isAllowed)) {
            return Reading.MALFORMED;
        }
        Optional<String> host = Optional.empty();
        boolean acceptsHtml = false;
        for (int index = 1; index < lines.length - 1; index++) {
            int colon = lines[index].indexOf(':');
            if (colon < 1
                    || lines[index].indexOf('\r') >= 0
                    || !lines[index].substring(0, colon).chars().allMatch(HeadReader::isToken)) {
                return Reading.MALFORMED;
            }
            String value = lines[index].substring(colon + 1).strip();
            switch (lines[index].substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "host" -> {
                    if (host.isPresent()) {
                        return Reading.MALFORMED;
                    }
                    host = Optional.of(value);
                }
                case "accept" -> acceptsHtml |= value.toLowerCase(Locale.ROOT).contains("text/html");
                default -> {}
            }
        }
        if (host.isEmpty() && !request.group(3).equals("0")) {
            // RFC 9112, 3.2
            return Reading.MALFORMED;
        }
        return whole(request.group(1), request.group(2), host, acceptsHtml);
    }

    private static Reading whole(String method, String target, Optional<String> named, boolean acceptsHtml) {
        // What an absolute target names counts (RFC 9112, 3.2.2).
        Matcher absolute = ABSOLUTE.matcher(target);
        boolean isAbsolute = absolute.matches();
        Optional<String> authority =
                isAbsolute ? Optional.of(absolute.group(1)) : named.filter(value -> !value.isEmpty());
        String path = isAbsolute ? Optional.ofNullable(absolute.group(2)).orElse("/") : target;
        Optional<String> host = authority.flatMap(HeadParser::host);
        boolean right = host.isPresent() == authority.isPresent()
                && (path.startsWith("/") || path.startsWith("?") || path.equals("*"))
                && !path.contains("#");
        return right
                ? new Reading.Whole(
                        new RequestHead(method, path.startsWith("?") ? "/" + path : path, host, acceptsHtml))
                : Reading.MALFORMED;
    }

    private static Optional<String> host(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** No control characters but those that end lines or stand between words. */
    private static boolean isAllowed(int character) {
        return (character >= ' ' && character != 0x7f) || character == '\t' || character == '\r' || character == '\n';
    }
}
