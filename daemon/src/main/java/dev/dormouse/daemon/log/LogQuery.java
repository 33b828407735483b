package dev.dormouse.daemon.log;

import java.time.Instant;
import java.util.Optional;

/**
 * {@code docker logs}' options.
 *
 * @param tail the last so many lines; absent: all
 */
public record LogQuery(
        boolean stdout,
        boolean stderr,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Integer> tail,
        boolean follow) {}
