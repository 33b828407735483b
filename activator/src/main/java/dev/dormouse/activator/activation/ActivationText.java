package dev.dormouse.activator.activation;

import dev.dormouse.units.journal.JournalEvent;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An event of the journal as a line for the engine; without its words where they may name a client. */
final class ActivationText {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LONGEST_REASON = 500;

    private static final Map<String, String> TEXTS = Map.of(
            "SERVICE", "service",
            "CONTAINER_NAME", "container",
            "CONTAINER_ID", "containerId",
            "PHASE", "phase",
            "OUTCOME", "outcome");
    private static final Map<String, String> NUMBERS = Map.of(
            "CLIENTS", "clients",
            "DURATION_USEC", "durationMicros",
            "QUEUE_USEC", "queueMicros",
            "CREATE_USEC", "createMicros",
            "UNIT_USEC", "unitMicros",
            "READY_USEC", "readyMicros",
            "FIRST_BYTE_USEC", "firstByteMicros");

    private ActivationText() {}

    /** Empty for what is not about a service and its container. */
    static Optional<String> of(JournalEvent event, Instant time) {
        Map<String, String> fields = event.fields();
        if (!fields.keySet().containsAll(Set.of("SERVICE", "CONTAINER_NAME", "PHASE", "OUTCOME"))) {
            return Optional.empty();
        }
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeNumberProperty("time", time.getEpochSecond() * 1_000_000_000L + time.getNano());
            fields.forEach((name, value) -> {
                if (TEXTS.containsKey(name)) {
                    json.writeStringProperty(TEXTS.get(name), value);
                } else if (NUMBERS.containsKey(name)) {
                    json.writeNumberProperty(NUMBERS.get(name), Long.parseLong(value));
                }
            });
            if (isTrouble(event)) {
                json.writeStringProperty("reason", reason(event.message()));
            }
            json.writeEndObject();
        }
        return Optional.of(line.toString());
    }

    private static boolean isTrouble(JournalEvent event) {
        return event.level() != JournalEvent.Level.INFO
                || "vetoed".equals(event.fields().get("OUTCOME"));
    }

    private static String reason(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
