package dev.dormouse.waitport;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP statuses that count as ready.
 *
 * @param ranges at least one
 */
public record StatusRanges(List<Range> ranges) {
    /** 200 to 399: what a working service answers, redirects included. */
    public static final StatusRanges STANDARD = new StatusRanges(List.of(new Range(200, 399)));

    private static final Pattern RANGE = Pattern.compile("([0-9]{3})(?:-([0-9]{3}))?");

    /**
     * Both ends count.
     *
     * @param first at least 200: 1xx answers are never the last word
     * @param last at most 599, not below {@code first}
     */
    public record Range(int first, int last) {
        public Range {
            if (first < 200 || last > 599 || first > last) {
                throw new IllegalArgumentException(
                        "not a range of HTTP statuses from 200 to 599: " + first + "-" + last);
            }
        }
    }

    public StatusRanges {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("at least one HTTP status is needed");
        }
    }

    /**
     * Reads {@code 200}, {@code 200-399} or a list of these with commas.
     *
     * @throws IllegalArgumentException with what is allowed, if the text is anything else
     */
    public static StatusRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + text
                        + "' is not a list of HTTP statuses: give 200, 200-399 or several of these with commas");
            }
            int first = Integer.parseInt(matcher.group(1));
            ranges.add(new Range(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2))));
        }
        return new StatusRanges(ranges);
    }

    boolean contains(int status) {
        for (Range range : ranges) {
            if (status >= range.first && status <= range.last) {
                return true;
            }
        }
        return false;
    }
}
