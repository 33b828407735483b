package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code HEALTHCHECK NONE} or {@code HEALTHCHECK [--interval=… …] CMD command}. */
final class HealthcheckInstruction {
    private static final Set<String> OPTIONS =
            Set.of("interval", "timeout", "start-period", "start-interval", "retries");
    private static final Pattern OPTION = Pattern.compile("--(?<name>[a-z-]+)=(?<value>\\S*)\\s*");
    private static final Pattern KIND = Pattern.compile("(?<kind>\\S+)\\s*(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    /** Docker's least: what is shorter is a slip of the unit. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private HealthcheckInstruction() {}

    static OciConfig.Health parse(String arguments) {
        Map<String, String> options = new HashMap<>();
        Matcher option = OPTION.matcher(arguments);
        int end = 0;
        while (option.find(end) && option.start() == end) {
            String name = option.group("name");
            if (!OPTIONS.contains(name)) {
                throw invalid("unknown option --" + name + "; allowed are --interval, --timeout, --start-period,"
                        + " --start-interval and --retries");
            }
            options.put(name, option.group("value"));
            end = option.end();
        }
        Matcher command = KIND.matcher(arguments.substring(end));
        if (!command.matches()) {
            throw invalid("needs NONE or CMD");
        }
        return new OciConfig.Health(
                test(command.group("kind"), command.group("rest")),
                nanos(options, "interval"),
                nanos(options, "timeout"),
                nanos(options, "start-period"),
                nanos(options, "start-interval"),
                retries(options.getOrDefault("retries", "0")));
    }

    private static List<String> test(String kind, String rest) {
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "NONE" -> {
                if (!rest.isEmpty()) {
                    throw invalid("NONE takes no arguments");
                }
                yield List.of("NONE");
            }
            case "CMD" -> command(rest);
            default -> throw invalid("unknown type '" + kind + "'; allowed are NONE and CMD");
        };
    }

    private static List<String> command(String rest) {
        if (rest.isBlank()) {
            throw invalid("CMD needs a command");
        }
        List<String> test = new ArrayList<>();
        JsonForm.words(rest)
                .ifPresentOrElse(
                        words -> {
                            test.add("CMD");
                            test.addAll(words);
                        },
                        () -> test.addAll(List.of("CMD-SHELL", rest)));
        return test;
    }

    private static long nanos(Map<String, String> options, String name) {
        String text = options.getOrDefault(name, "0");
        Duration duration = GoDuration.parse(text)
                .orElseThrow(() -> invalid("--" + name + " '" + text + "' is not a duration such as 30s or 1m30s"));
        if (!duration.isZero() && duration.compareTo(LEAST) < 0) {
            throw invalid("--" + name + " '" + text + "' is less than 1ms");
        }
        return duration.toNanos();
    }

    private static int retries(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw invalid("--retries '" + text + "' is not a whole number from 0");
        }
        return Integer.parseInt(text);
    }

    private static EngineException invalid(String why) {
        return new EngineException.InvalidParameter("HEALTHCHECK: " + why);
    }
}
