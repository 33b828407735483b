package dev.dormouse.daemon.api.wire;

import dev.dormouse.daemon.spec.Healthcheck;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HEALTHCHECK; durations in nanoseconds, zero or absent: the default. */
public record HealthcheckBody(
        @Nullable List<String> test,
        @Nullable Long interval,
        @Nullable Long timeout,
        @Nullable Long startPeriod,
        @Nullable Long startInterval,
        @Nullable Integer retries) {
    /** A health check as clients see it. */
    public static HealthcheckBody of(Healthcheck check) {
        return new HealthcheckBody(
                check.test(),
                nanos(check.interval()),
                nanos(check.timeout()),
                nanos(check.startPeriod()),
                nanos(check.startInterval()),
                check.retries() == 0 ? null : check.retries());
    }

    private static @Nullable Long nanos(Duration duration) {
        return duration.isZero() ? null : duration.toNanos();
    }
}
