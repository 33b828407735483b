package dev.dormouse.daemon.health;

import dev.dormouse.waitport.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks the health of one run of a container, at dockerd's rhythm (moby, daemon/health.go): the first check comes an interval after the
 * start. Where clients are held until it is healthy, it is checked in between as well, at once and then at short distances; of these only
 * success counts, so that the container is unhealthy no sooner than it would be without them.
 */
final class HealthMonitor {
    private final HealthPlan plan;
    private final Instant startedAt;
    private final Vitals vitals;
    private final Exec exec;
    private final HealthSink sink;
    private final Pace pace;
    private final Optional<Duration> held;
    private Health health;

    /** @param held how long clients are held for the first success; absent: none are */
    HealthMonitor(
            HealthPlan plan,
            Instant startedAt,
            Vitals vitals,
            Exec exec,
            HealthSink sink,
            Pace pace,
            Optional<Duration> held) {
        this.plan = plan;
        this.startedAt = startedAt;
        this.vitals = vitals;
        this.exec = exec;
        this.sink = sink;
        this.pace = pace;
        this.held = held;
        this.health = sink.last().orElse(Health.UNKNOWN);
    }

    /** Until the run is over. */
    void watch() throws InterruptedException {
        sink.begins(health);
        if (health.status() == HealthStatus.HEALTHY) {
            tellReady();
        }
        long begin = pace.nanos();
        long hurriedUntil = begin + held.orElse(Duration.ZERO).toNanos();
        long regular = begin + interval().toNanos();
        long hurried = begin;
        Duration delay = Backoff.COMMAND.first();
        while (vitals.isAlive()) {
            boolean hurry =
                    health.status() == HealthStatus.STARTING && hurried - hurriedUntil < 0 && hurried - regular < 0;
            pace.sleep(Duration.ofNanos((hurry ? hurried : regular) - pace.nanos()));
            boolean counted = check(hurry);
            if (hurry) {
                hurried = pace.nanos() + delay.toNanos();
                delay = Backoff.COMMAND.after(delay);
            }
            if (counted || !hurry) {
                regular = pace.nanos() + interval().toNanos();
            }
        }
    }

    /** Whether the check counted. One that found the container gone or frozen, or was overtaken by that, says nothing of its health. */
    private boolean check(boolean hurry) throws InterruptedException {
        if (!isMoving()) {
            return false;
        }
        HealthResult result = exec.run(plan.command(), plan.timeout());
        if ((hurry && !result.isHealthy()) || !isMoving()) {
            return false;
        }
        Health before = health;
        health = health.after(result, plan, startedAt);
        sink.changed(before, health, result.end());
        if (before.status() != HealthStatus.HEALTHY && health.status() == HealthStatus.HEALTHY) {
            tellReady();
        }
        return true;
    }

    private void tellReady() {
        if (held.isPresent()) {
            sink.ready();
        }
    }

    private boolean isMoving() {
        return vitals.isAlive() && !vitals.isFrozen();
    }

    private Duration interval() {
        boolean starting = health.status() == HealthStatus.STARTING
                && Duration.between(startedAt, pace.now()).compareTo(plan.startPeriod()) < 0;
        return starting ? plan.startInterval() : plan.interval();
    }
}
