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
 */
public record ServiceLimits(Duration queueDeadline, Duration unitDeadline, OptionalInt connectionsMaximum) {
    /** 30 s, 60 s, no limit of its own. */
    public static final ServiceLimits STANDARD =
            new ServiceLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), OptionalInt.empty());

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
                fields.optionalNumber("connectionsMax", 1, MOST_CONNECTIONS)
                        .map(number -> OptionalInt.of(number.intValue()))
                        .orElseGet(OptionalInt::empty));
    }
}
