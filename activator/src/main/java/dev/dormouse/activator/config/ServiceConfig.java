package dev.dormouse.activator.config;

import dev.dormouse.waitport.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a container sleeps, as {@code dormouse enable} wrote it into {@code /etc/dormouse/services/NAME.json}.
 *
 * @param listen addresses as systemd's ListenStream= takes them, at least one
 * @param port the container's TCP port
 * @param idle it falls asleep after this time without a connection; 1 ms to 365 days
 * @param deadline a client waits at most this long; 1 ms to 24 h
 * @param limits what it may cost
 */
public record ServiceConfig(
        String name,
        List<String> listen,
        int port,
        Duration idle,
        Readiness ready,
        Duration deadline,
        ServiceLimits limits) {
    static final int SCHEMA = 1;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration LONGEST_IDLE = Duration.ofDays(365);
    private static final Duration LONGEST_DEADLINE = Duration.ofHours(24);

    public ServiceConfig {
        listen = List.copyOf(listen);
    }

    /**
     * Reads a service's file.
     *
     * @throws ConfigException if it is missing or wrong
     */
    public static ServiceConfig read(Path file, String name) {
        JsonFields fields = JsonFields.read(file);
        fields.requireSchema(SCHEMA);
        if (!fields.text("name").equals(name)) {
            throw fields.wrong("name", "must be " + name);
        }
        try {
            return new ServiceConfig(
                    name,
                    fields.texts("listen"),
                    (int) fields.number("port", 1, 65_535),
                    idle("idle", fields.text("idle")),
                    ready(fields),
                    deadline("deadline", fields.text("deadline")),
                    ServiceLimits.of(fields));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + ": " + e.getMessage(), e);
        }
    }

    private static Readiness ready(JsonFields fields) {
        String text = fields.text("ready");
        try {
            return Readiness.parse(text);
        } catch (ConfigException e) {
            throw fields.wrong("ready", "is wrong: " + e.getMessage(), e);
        }
    }

    /** An idle time, from 1ms to 8760h; {@code option} is named in the error. */
    public static Duration idle(String option, String text) {
        return DurationText.parse(option, text, LEAST, LONGEST_IDLE);
    }

    /** A deadline, from 1ms to 24h; {@code option} is named in the error. */
    public static Duration deadline(String option, String text) {
        return DurationText.parse(option, text, LEAST, LONGEST_DEADLINE);
    }
}
