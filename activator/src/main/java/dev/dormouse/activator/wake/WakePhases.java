package dev.dormouse.activator.wake;

import java.time.Duration;
import java.util.Optional;

/**
 * What a wake spent its time on, each from its beginning.
 *
 * @param unit until systemd said that the container's unit is up; empty if the container was ready before that was known
 * @param ready until the container was ready
 */
public record WakePhases(Optional<Duration> unit, Duration ready) {
    @Override
    public String toString() {
        return unit.map(time -> "unit " + time.toMillis() + " ms, ").orElse("") + "ready " + ready.toMillis() + " ms";
    }
}
