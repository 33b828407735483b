package dev.dormouse.activator.config;

import dev.dormouse.units.service.ServiceDeclaration;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What one service may cost, and for how long it is waited for.
 *
 * @param queueDeadline a wake waits at most this long for its turn; 1 ms to 24 h
 * @param unitDeadline from its turn on, until the container has been started; 1 ms to 24 h
 * @param connectionsMaximum clients of one listener at once, 1 to 1,000,000; more wait in the kernel's queue. Empty for the activator's own
 * @param connectionsPerSource clients of one source that are served at once, 1 to 1,000,000; as many again are held, more are reset. Empty
 *     for no limit
 */
public record ServiceLimits(
        Duration queueDeadline,
        Duration unitDeadline,
        OptionalInt connectionsMaximum,
        OptionalInt connectionsPerSource) {
    /** 30 s, 60 s, no limit of its own. */
    public static final ServiceLimits STANDARD =
            new ServiceLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), OptionalInt.empty(), OptionalInt.empty());

    /** The most that may be asked for. */
    public static final int MOST_CONNECTIONS = ServiceDeclaration.Limits.MOST_CONNECTIONS;

    /** Those that the file names, and the standard for the others. */
    static ServiceLimits of(JsonFields fields) {
        return new ServiceLimits(
                fields.optionalText("queueDeadline")
                        .map(text -> ServiceConfig.deadline("queueDeadline", text))
                        .orElse(STANDARD.queueDeadline),
                fields.optionalText("unitDeadline")
                        .map(text -> ServiceConfig.deadline("unitDeadline", text))
                        .orElse(STANDARD.unitDeadline),
                connections(fields, "connectionsMax"),
                connections(fields, "connectionsMaxPerSource"));
    }

    private static OptionalInt connections(JsonFields fields, String name) {
        return fields.optionalNumber(name, 1, MOST_CONNECTIONS)
                .map(number -> OptionalInt.of(number.intValue()))
                .orElseGet(OptionalInt::empty);
    }
}
