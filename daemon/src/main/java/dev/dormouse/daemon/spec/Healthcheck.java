package dev.dormouse.daemon.spec;

import java.time.Duration;
import java.util.List;

/**
 * HEALTHCHECK of an image or of {@code docker create --health-*}; zero durations and retries mean Docker's default.
 *
 * @param test as in Docker's API: {@code [NONE]}, {@code [CMD, arg…]} or {@code [CMD-SHELL, command]}
 */
public record Healthcheck(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {
    public Healthcheck {
        test = List.copyOf(test);
    }
}
