package dev.dormouse.daemon.activation;

import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.ServiceNames;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The activator's lines, which another user writes that faces the network: whatever is in them, nothing but a well-formed event comes out.
 * What is wrong is said without repeating any of it.
 */
final class ActivationLine {
    /** In bytes. */
    static final int LONGEST = 4096;

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final List<String> NUMBERS = List.of(
            "clients", "durationMicros", "queueMicros", "createMicros", "unitMicros", "readyMicros", "firstByteMicros");
    private static final long MOST = Duration.ofDays(366).toNanos() / 1000;
    private static final long NANOS = 1_000_000_000L;
    /** A clock that was put back between the two. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final String WORD = "[a-z][a-z-]{0,31}";
    private static final String NO_CONTROL = "\\P{Cntrl}{0,600}";

    private final JsonNode line;

    private ActivationLine(JsonNode line) {
        this.line = line;
    }

    /** The number of a file, from its head. */
    static long head(String text) throws BrokenLineException {
        ActivationLine head = new ActivationLine(tree(text));
        if (head.number("schema", Integer.MAX_VALUE) != 1) {
            throw new BrokenLineException("its schema is not 1");
        }
        return head.number("file", 999_999_999_999_999_999L);
    }

    static Activation parse(String text, Instant now) throws BrokenLineException {
        return new ActivationLine(tree(text)).activation(now);
    }

    private static JsonNode tree(String text) throws BrokenLineException {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException _) {
            // Its message would repeat the line.
        }
        throw new BrokenLineException("no JSON object");
    }

    private Activation activation(Instant now) throws BrokenLineException {
        long nanos = number("time", Long.MAX_VALUE);
        Instant time = Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
        if (time.isAfter(now.plus(AHEAD))) {
            throw new BrokenLineException("time must not be in the future");
        }
        Map<String, String> attributes = new HashMap<>();
        attributes.put("service", name("service"));
        String phase = text("phase", WORD);
        String outcome = text("outcome", WORD);
        attributes.put("phase", phase);
        attributes.put("outcome", outcome);
        if (line.has("reason")) {
            attributes.put("reason", text("reason", NO_CONTROL));
        }
        for (String field : NUMBERS) {
            if (line.has(field)) {
                attributes.put(field, Long.toString(number(field, MOST)));
            }
        }
        Optional<String> id =
                line.has("containerId") ? Optional.of(text("containerId", "[0-9a-f]{64}")) : Optional.empty();
        String action = Actions.of(phase, outcome)
                .orElseThrow(() -> new BrokenLineException("phase and outcome are none that are known together"));
        return new Activation(name("container"), id, action, attributes, time);
    }

    private String name(String field) throws BrokenLineException {
        try {
            return ServiceNames.checked(text(field, ".{1,200}"));
        } catch (DeclarationException _) {
            throw new BrokenLineException(field + " must be the name of a service or a container");
        }
    }

    private String text(String field, String pattern) throws BrokenLineException {
        JsonNode value = line.path(field);
        if (value.isString() && value.asString().matches(pattern)) {
            return value.asString();
        }
        throw new BrokenLineException(field + " must be a text of the form " + pattern);
    }

    private long number(String field, long most) throws BrokenLineException {
        JsonNode value = line.path(field);
        if (value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0 && value.asLong() <= most) {
            return value.asLong();
        }
        throw new BrokenLineException(field + " must be a whole number from 0 to " + most);
    }
}
