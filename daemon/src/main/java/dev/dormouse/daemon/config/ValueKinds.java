package dev.dormouse.daemon.config;

import dev.dormouse.waitport.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The kinds of values that keys have. */
final class ValueKinds {
    static final ValueKind<Boolean> FLAG = json -> {
        require(json.isBoolean(), "must be true or false");
        return json.booleanValue();
    };

    static final ValueKind<Optional<String>> GROUP = json -> {
        require(json.isString() && !json.stringValue().isEmpty(), "must be a group's name");
        return Optional.of(json.stringValue());
    };

    static final ValueKind<List<ListenAddress>> ADDRESSES = json -> {
        List<String> addresses = strings(json);
        require(!addresses.isEmpty(), "must be a list of strings, at least one");
        return addresses.stream().map(ListenAddress::parse).toList();
    };

    /** dockerd's labels: one of two that differ in the value alone is meant, and nobody knows which. */
    static final ValueKind<List<String>> LABELS = json -> {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : strings(json)) {
            int equals = label.indexOf('=');
            require(equals > 0, "must be a list of strings of the form name=value");
            String before = labels.putIfAbsent(label.substring(0, equals), label);
            require(
                    before == null || before.equals(label),
                    "label " + label.substring(0, equals) + " has two values; keep one");
        }
        return List.copyOf(labels.values());
    };

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?([kmgt]?)(i?b)?");
    private static final String UNITS = "kmgt";

    private ValueKinds() {}

    static ValueKind<Integer> wholeNumber(int least, int most, String unit) {
        return json -> {
            require(
                    json.isIntegralNumber()
                            && json.canConvertToInt()
                            && json.intValue() >= least
                            && json.intValue() <= most,
                    "must be a whole number from " + least + " to " + most + ": " + unit);
            return json.intValue();
        };
    }

    /** Bytes: a number, or a text with one of docker's units, each 1024 of the one before. */
    static ValueKind<Long> size(long least, long most, String range) {
        return json -> {
            Optional<Long> bytes = json.isIntegralNumber() && json.canConvertToLong()
                    ? Optional.of(json.longValue())
                    : Optional.of(json).filter(JsonNode::isString).flatMap(text -> bytes(text.stringValue()));
            require(
                    bytes.filter(size -> size >= least && size <= most).isPresent(),
                    "must be a size as \"64m\", or bytes as a number, from " + range);
            return bytes.orElseThrow();
        };
    }

    /** {@code 90s}, {@code 5m}; {@code 0} where that is allowed. */
    static ValueKind<Duration> time(Duration least, Duration most) {
        return json -> {
            require(json.isString(), "must be a text as \"5m\"");
            try {
                return DurationText.parse("it", json.stringValue(), least, most);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(String.valueOf(e.getMessage()));
            }
        };
    }

    private static Optional<Long> bytes(String text) {
        Matcher form = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        int shift = form.group(2).isEmpty() ? 0 : 10 * (UNITS.indexOf(form.group(2)) + 1);
        long number = Long.parseLong(form.group(1));
        return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
    }

    private static List<String> strings(JsonNode json) {
        require(json.isArray() && json.valueStream().allMatch(JsonNode::isString), "must be a list of strings");
        return json.valueStream().map(JsonNode::stringValue).toList();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigException(otherwise);
        }
    }
}
