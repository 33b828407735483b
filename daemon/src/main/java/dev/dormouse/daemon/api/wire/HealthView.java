package dev.dormouse.daemon.api.wire;

import dev.dormouse.daemon.health.Health;
import dev.dormouse.daemon.health.HealthResult;
import java.util.List;

/** {@code State.Health} of an inspect. */
public record HealthView(String status, int failingStreak, List<ResultView> log) {
    /** One check. */
    public record ResultView(String start, String end, int exitCode, String output) {
        static ResultView of(HealthResult result) {
            return new ResultView(
                    Moments.text(result.start()), Moments.text(result.end()), result.exitCode(), result.output());
        }
    }

    static HealthView of(Health health) {
        return new HealthView(
                health.status().word(),
                health.failingStreak(),
                health.log().stream().map(ResultView::of).toList());
    }
}
