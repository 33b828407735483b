package dev.dormouse.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** dockerd's rules, case by case: results as {@code +} (0), {@code -} (1) and {@code !} (timed out), one a second from the start on. */
class HealthTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest(name = "{0} with {1} retries and a start period of {2} s: {3}, streak {4}")
    @CsvSource({
        "'',      3, 0, starting,  0",
        "+,       3, 0, healthy,   0",
        "-,       3, 0, starting,  1",
        "--,      3, 0, starting,  2",
        "---,     3, 0, unhealthy, 3",
        "!!!,     3, 0, unhealthy, 3",
        "----,    3, 0, unhealthy, 4",
        "-,       1, 0, unhealthy, 1",
        "--+,     3, 0, healthy,   0",
        "---+,    3, 0, healthy,   0",
        "+--,     3, 0, healthy,   2",
        "+---,    3, 0, unhealthy, 3",
        "+--+--,  3, 0, healthy,   2",
        "-----,   3, 9, starting,  0",
        "-----,   3, 3, starting,  2",
        "------,  3, 3, unhealthy, 3",
        "+---,    3, 9, unhealthy, 3",
        "--+---,  3, 9, unhealthy, 3",
    })
    void results(String results, int retries, int startPeriod, String status, int streak) {
        Health health = Health.UNKNOWN;
        for (int second = 0; second < results.length(); second++) {
            health = health.after(result(second, results.charAt(second)), plan(retries, startPeriod), START);
        }

        assertThat(health.status().word()).isEqualTo(status);
        assertThat(health.failingStreak()).isEqualTo(streak);
    }

    @Test
    void theLastFiveResultsAreKept() {
        Health health = Health.UNKNOWN;
        for (int second = 0; second < 7; second++) {
            health = health.after(result(second, '+'), plan(3, 0), START);
        }

        assertThat(health.log())
                .extracting(HealthResult::start)
                .isEqualTo(IntStream.range(2, 7).mapToObj(START::plusSeconds).toList());
    }

    @Test
    void aStoppedContainerIsUnhealthyAsInDocker() {
        Health health = Health.UNKNOWN.after(result(0, '+'), plan(3, 0), START);

        assertThat(health.ofStopped()).isEqualTo(new Health(HealthStatus.UNHEALTHY, 0, health.log()));
    }

    private static HealthResult result(int second, char kind) {
        int exit = switch (kind) {
            case '+' -> 0;
            case '-' -> 1;
            default -> HealthResult.NOT_ENDED;
        };
        Instant begin = START.plusSeconds(second);
        return new HealthResult(begin, begin.plusMillis(10), exit, "");
    }

    private static HealthPlan plan(int retries, int startPeriod) {
        return new HealthPlan(
                List.of("true"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(startPeriod),
                Duration.ofSeconds(1),
                retries,
                UnhealthyAction.NOTHING);
    }
}
