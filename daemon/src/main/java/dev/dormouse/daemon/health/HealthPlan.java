package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Healthcheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a container's health is checked, with nothing left to a default: {@code probe.json} in the container's folder, written when the
 * container is compiled, so that checking needs no engine.
 *
 * @param command what is run in the container, at least the program
 * @param interval from the end of one check to the begin of the next
 * @param timeout after which a check is killed and has failed
 * @param startPeriod from the start on, in which failures do not count until a check has succeeded
 * @param startInterval the interval for as long as that holds
 * @param retries so many failures in a row make it unhealthy; at least 1
 */
public record HealthPlan(
        List<String> command,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries,
        UnhealthyAction unhealthy) {
    /** dockerd's defaults. */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration START_INTERVAL = Duration.ofSeconds(5);
    private static final int RETRIES = 3;
    private static final int SCHEMA = 1;

    public HealthPlan {
        command = List.copyOf(command);
    }

    /** The plan of a health check; absent if there is none, or it is {@code NONE}. */
    public static Optional<HealthPlan> of(Optional<Healthcheck> healthcheck, Map<String, String> labels) {
        return healthcheck.flatMap(check -> command(check.test())
                .map(command -> new HealthPlan(
                        command,
                        orElse(check.interval(), INTERVAL),
                        orElse(check.timeout(), TIMEOUT),
                        check.startPeriod(),
                        orElse(check.startInterval(), START_INTERVAL),
                        check.retries() == 0 ? RETRIES : check.retries(),
                        UnhealthyAction.of(labels))));
    }

    private static Optional<List<String>> command(List<String> test) {
        List<String> rest = test.isEmpty() ? List.of() : test.subList(1, test.size());
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        return switch (test.getFirst()) {
            case "CMD" -> Optional.of(rest);
            case "CMD-SHELL" -> {
                List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
                command.addAll(rest);
                yield Optional.of(command);
            }
            default -> Optional.empty();
        };
    }

    private static Duration orElse(Duration own, Duration otherwise) {
        return own.isZero() ? otherwise : own;
    }

    /** The text of its file. */
    public String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        fields.put("command", command);
        fields.put("interval", interval.toNanos());
        fields.put("timeout", timeout.toNanos());
        fields.put("startPeriod", startPeriod.toNanos());
        fields.put("startInterval", startInterval.toNanos());
        fields.put("retries", retries);
        fields.put("unhealthy", unhealthy.word());
        return JsonMapper.shared().writeValueAsString(fields) + "\n";
    }

    /**
     * Reads its file; absent if the container has no health check.
     *
     * @throws EngineException.Failed if it cannot be read or is of another version
     */
    static Optional<HealthPlan> read(Path file) {
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
            if (json.path("schema").asInt(0) != SCHEMA) {
                throw new EngineException.Failed(file + " has schema " + json.path("schema") + ", this version knows "
                        + SCHEMA + ": start the container through the engine once");
            }
            return Optional.of(new HealthPlan(
                    json.path("command")
                            .valueStream()
                            .map(JsonNode::stringValue)
                            .toList(),
                    nanos(json, "interval"),
                    nanos(json, "timeout"),
                    nanos(json, "startPeriod"),
                    nanos(json, "startInterval"),
                    json.path("retries").asInt(),
                    UnhealthyAction.of(
                            Map.of(UnhealthyAction.LABEL, json.path("unhealthy").asString()))));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Duration nanos(JsonNode json, String field) {
        return Duration.ofNanos(json.path(field).asLong());
    }
}
