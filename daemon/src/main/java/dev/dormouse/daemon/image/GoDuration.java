package dev.dormouse.daemon.image;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them and Docker's options take them: {@code 1m30s}, {@code 1.5h}, {@code 500ms}. */
final class GoDuration {
    private static final Pattern PART =
            Pattern.compile("(?<number>[0-9]{1,9}(?:\\.[0-9]{1,9})?)(?<unit>ns|us|µs|ms|s|m|h)");

    private GoDuration() {}

    /** Zero or more; absent if it is no duration. */
    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < text.length()) {
            if (!part.find(end) || part.start() != end) {
                return Optional.empty();
            }
            BigDecimal nanos =
                    new BigDecimal(part.group("number")).multiply(BigDecimal.valueOf(nanosOf(part.group("unit"))));
            sum = sum.plusNanos(nanos.longValue());
            end = part.end();
        }
        return end == 0 ? Optional.empty() : Optional.of(sum);
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
