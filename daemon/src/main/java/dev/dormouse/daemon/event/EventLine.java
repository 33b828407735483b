package dev.dormouse.daemon.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The lines of an event file: a head, then an event each. */
final class EventLine {
    static final int SCHEMA = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final long NANOS = 1_000_000_000L;

    private EventLine() {}

    /**
     * The first line.
     *
     * @param since nanoseconds since 1970 when the file was begun: all that happened from then on was told in it, or was not told
     */
    record Head(int schema, long since) {
        Instant begin() {
            return instant(since);
        }
    }

    /** Any other line; the time in nanoseconds since 1970. */
    private record Line(String type, String action, String id, Map<String, String> attributes, long time) {}

    static byte[] head(Instant begin) {
        return line(new Head(SCHEMA, nanos(begin)));
    }

    static byte[] of(Event event) {
        return line(new Line(event.type(), event.action(), event.id(), event.attributes(), nanos(event.time())));
    }

    private static byte[] line(Object value) {
        return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Absent: no head at all. */
    static Optional<Head> head(String text) {
        try {
            return Optional.of(MAPPER.readValue(text, Head.class));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** Absent: a line that a crash of the machine cut short, or nothing of ours. */
    static Optional<Event> event(String text) {
        try {
            Line line = MAPPER.readValue(text, Line.class);
            return Optional.of(new Event(
                    line.type(), line.action(), line.id(), Map.copyOf(line.attributes()), instant(line.time())));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
