package dev.dormouse.daemon.shutdown;

import dev.dormouse.daemon.container.ContainerRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long stopping containers may take.
 *
 * @param limit absent: for ever
 */
public record StopTime(Optional<Duration> limit) {
    /** dockerd's, of a container that names none. */
    static final int DEFAULT_STOP_TIMEOUT_SECONDS = 10;

    /** For killing, and for cleaning up after what was killed. */
    static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * The largest stop time-out of each level, as one waits for the other, and {@link #GRACE}; at least the configured time. For ever if
     * any of the containers or the configuration says so by a negative time.
     *
     * @param atOnce how many of a level are stopped at once: more of them take their turns
     */
    static StopTime of(List<List<ContainerRecord>> levels, int atOnce, int shutdownTimeoutSeconds) {
        if (shutdownTimeoutSeconds < 0) {
            return new StopTime(Optional.empty());
        }
        long seconds = 0;
        for (List<ContainerRecord> level : levels) {
            int largest = 0;
            for (ContainerRecord container : level) {
                Optional<Duration> own = own(container).limit();
                if (own.isEmpty()) {
                    return new StopTime(Optional.empty());
                }
                largest = Math.max(largest, (int) own.get().toSeconds());
            }
            seconds += (long) largest * Math.ceilDiv(level.size(), atOnce);
        }
        Duration needed = Duration.ofSeconds(seconds).plus(GRACE);
        Duration least = Duration.ofSeconds(shutdownTimeoutSeconds);
        return new StopTime(Optional.of(needed.compareTo(least) > 0 ? needed : least));
    }

    /** A container's own stop time-out. */
    static StopTime own(ContainerRecord container) {
        int seconds = container.config().stopTimeoutSeconds().orElse(DEFAULT_STOP_TIMEOUT_SECONDS);
        return new StopTime(seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
    }

    @Override
    public String toString() {
        return limit.map(time -> time.toSeconds() + " s").orElse("for ever");
    }
}
