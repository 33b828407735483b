package dev.dormouse.daemon.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A container's health after the checks of its current run, by dockerd's rules (moby, daemon/health.go). Immutable.
 *
 * @param failingStreak how many checks in a row have failed, those of the start period left out
 * @param log the last results, oldest first, at most {@link #KEPT}
 */
public record Health(HealthStatus status, int failingStreak, List<HealthResult> log) {
    /** How many results are kept. */
    public static final int KEPT = 5;

    /** Before the first check. */
    public static final Health UNKNOWN = new Health(HealthStatus.STARTING, 0, List.of());

    public Health {
        log = List.copyOf(log);
    }

    /**
     * The health after one more check. One success is enough to be healthy. While none has succeeded, what began to fail within the start
     * period does not count.
     */
    Health after(HealthResult result, HealthPlan plan, Instant startedAt) {
        List<HealthResult> results = Stream.concat(
                        log.stream().skip(Math.max(0, log.size() + 1 - KEPT)), Stream.of(result))
                .toList();
        if (result.isHealthy()) {
            return new Health(HealthStatus.HEALTHY, 0, results);
        }
        Duration age = Duration.between(startedAt, result.start());
        if (status == HealthStatus.STARTING && age.compareTo(plan.startPeriod()) < 0) {
            return new Health(status, failingStreak, results);
        }
        int streak = failingStreak + 1;
        return new Health(streak >= plan.retries() ? HealthStatus.UNHEALTHY : status, streak, results);
    }

    /** What dockerd says of a container whose checks have ended with it. */
    public Health ofStopped() {
        return new Health(HealthStatus.UNHEALTHY, failingStreak, log);
    }
}
