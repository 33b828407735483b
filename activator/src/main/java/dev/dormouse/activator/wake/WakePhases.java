package dev.dormouse.activator.wake;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a wake took, each time from its beginning: the connection that systemd saw, or the one that found the container stopped. What is
 * zero was so already when it began.
 *
 * @param queue until it had a slot among the wakes that may be under way at a time
 * @param create until the container had been created and waited for its start; empty if that cannot be told
 * @param unit until systemd took the unit for up; empty if systemd could not be asked, or the container has ended before
 * @param ready until the container was ready
 * @param firstByte until a client that waited had the first byte of the answer; empty if none has yet
 */
public record WakePhases(
        Duration queue,
        Optional<Duration> create,
        Optional<Duration> unit,
        Duration ready,
        Optional<Duration> firstByte) {
    /** With the first byte, unless that is known already. */
    public WakePhases withFirstByte(Duration time) {
        return new WakePhases(queue, create, unit, ready, firstByte.or(() -> Optional.of(time)));
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("queue ").append(queue.toMillis()).append(" ms");
        create.ifPresent(
                time -> text.append(", create ").append(time.toMillis()).append(" ms"));
        unit.ifPresent(time -> text.append(", unit ").append(time.toMillis()).append(" ms"));
        text.append(", ready ").append(ready.toMillis()).append(" ms");
        firstByte.ifPresent(
                time -> text.append(", first byte ").append(time.toMillis()).append(" ms"));
        return text.toString();
    }
}
