package dev.dormouse.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** When checks are made, on a clock that the test holds: nothing waits. */
class HealthMonitorTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration END = Duration.ofSeconds(100);

    private final Clock clock = new Clock();
    private final Sink sink = new Sink();
    private final List<Double> checks = new ArrayList<>();
    private boolean frozen;

    @Test
    void theFirstCheckComesAnIntervalAfterTheStart() throws Exception {
        watch(plan(0, 30), Optional.empty(), _ -> 0);

        assertThat(checks).containsExactly(30.0, 60.0, 90.0);
        assertThat(sink.told).containsExactly("starting", "healthy");
        assertThat(sink.ready).as("nobody waits").isFalse();
    }

    @Test
    void inTheStartPeriodTheStartIntervalHoldsUntilTheFirstSuccess() throws Exception {
        watch(plan(60, 30), Optional.empty(), check -> check < 3 ? 1 : 0);

        assertThat(checks).startsWith(5.0, 10.0, 15.0, 20.0, 50.0, 80.0);
        assertThat(sink.told).containsExactly("starting", "healthy");
    }

    @Test
    void aHeldClientHasItCheckedAtOnceAndAgainUntilItIsHealthy() throws Exception {
        watch(plan(0, 30), Optional.of(Duration.ofSeconds(60)), check -> check < 4 ? 1 : 0);

        assertThat(checks.subList(0, 6)).containsExactly(0.0, 0.025, 0.075, 0.175, 0.375, 30.375);
        assertThat(sink.ready).isTrue();
        assertThat(sink.health.log()).as("the failures in between do not count").allMatch(HealthResult::isHealthy);
    }

    @Test
    void checksForHeldClientsMakeItUnhealthyNoSooner() throws Exception {
        watch(plan(0, 10), Optional.of(Duration.ofSeconds(15)), _ -> 1);

        assertThat(sink.changes).containsExactly("30.0 unhealthy");
        assertThat(sink.health.failingStreak()).isEqualTo(9);
        assertThat(sink.ready).isFalse();
        assertThat(checks.stream().filter(time -> time > 15))
                .as("after the deadline at its own rhythm")
                .containsExactly(20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0);
    }

    @Test
    void whatAnEarlierProberFoundOutGoesOn() throws Exception {
        sink.health = new Health(HealthStatus.HEALTHY, 0, List.of());

        watch(plan(0, 30), Optional.of(Duration.ofSeconds(60)), _ -> 0);

        assertThat(checks).containsExactly(30.0, 60.0, 90.0);
        assertThat(sink.ready).isTrue();
    }

    @Test
    void aFrozenContainerIsNotChecked() throws Exception {
        frozen = true;

        watch(plan(0, 30), Optional.empty(), _ -> 1);

        assertThat(checks).isEmpty();
        assertThat(sink.told).containsExactly("starting");
    }

    @Test
    void aCheckThatTheContainersEndOvertookSaysNothing() throws Exception {
        watch(plan(0, 30), Optional.empty(), check -> {
            clock.nanos = END.toNanos();
            return 137;
        });

        assertThat(checks).containsExactly(30.0);
        assertThat(sink.told).containsExactly("starting");
    }

    private void watch(HealthPlan plan, Optional<Duration> held, IntFunction<Integer> exits) throws Exception {
        Exec exec = (_, _) -> {
            checks.add(clock.seconds());
            Instant begin = clock.now();
            return new HealthResult(begin, begin, exits.apply(checks.size() - 1), "");
        };
        Vitals vitals = new Vitals() {
            @Override
            public boolean isAlive() {
                return clock.nanos < END.toNanos();
            }

            @Override
            public boolean isFrozen() {
                return frozen;
            }
        };
        new HealthMonitor(plan, START, vitals, exec, sink, clock, held).watch();
    }

    private static HealthPlan plan(int startPeriod, int interval) {
        return new HealthPlan(
                List.of("true"),
                Duration.ofSeconds(interval),
                Duration.ofSeconds(3),
                Duration.ofSeconds(startPeriod),
                Duration.ofSeconds(5),
                3,
                UnhealthyAction.NOTHING);
    }

    private static final class Clock implements Pace {
        private long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return START.plusNanos(nanos);
        }

        @Override
        public void sleep(Duration time) {
            nanos += Math.max(0, time.toNanos());
        }

        double seconds() {
            return nanos / 1e9;
        }
    }

    private final class Sink implements HealthSink {
        private final List<String> told = new ArrayList<>();
        private final List<String> changes = new ArrayList<>();
        private Health health = Health.UNKNOWN;
        private boolean ready;

        @Override
        public Optional<Health> last() {
            return health.equals(Health.UNKNOWN) ? Optional.empty() : Optional.of(health);
        }

        @Override
        public void begins(Health first) {
            told.add(first.status().word());
        }

        @Override
        public void changed(Health before, Health after, Instant at) {
            health = after;
            if (before.status() != after.status()) {
                told.add(after.status().word());
                changes.add(clock.seconds() + " " + after.status().word());
            }
        }

        @Override
        public void ready() {
            ready = true;
        }
    }
}
