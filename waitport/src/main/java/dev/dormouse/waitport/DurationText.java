package dev.dormouse.waitport;

import java.time.Duration;

/**
 * Durations as a command line writes them: {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}; a plain number is
 * seconds. Whole numbers only, no blanks, no sums.
 */
public final class DurationText {
    private static final int MOST_DIGITS = 9;

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param name what the value is for, as the user wrote it: {@code --timeout}
     * @param least smallest value allowed
     * @param most largest value allowed
     * @throws IllegalArgumentException naming the option, the text and what is allowed
     */
    public static Duration parse(String name, String text, Duration least, Duration most) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS) {
            throw rejected(name, text, least, most);
        }
        long number = Long.parseLong(text, 0, digits, 10);
        Duration duration = switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "", "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw rejected(name, text, least, most);
        };
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw rejected(name, text, least, most);
        }
        return duration;
    }

    /**
     * The shortest text that {@link #parse} reads back: {@code 90s}, {@code 2m}.
     *
     * @param duration not negative; what is below a millisecond is dropped
     */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }

    /** For a sentence, in seconds from one second on: {@code 500 ms}, {@code 60 s}, {@code 1.5 s}. */
    static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        long rest = millis % 1_000;
        return millis / 1_000 + (rest == 0 ? "" : "." + "%03d".formatted(rest).replaceAll("0+$", "")) + " s";
    }

    private static IllegalArgumentException rejected(String name, String text, Duration least, Duration most) {
        return new IllegalArgumentException(name + ": '" + text
                + "' is not allowed; give a whole number followed by ms, s, m or h (without one: seconds), from "
                + format(least) + " to " + format(most));
    }
}
