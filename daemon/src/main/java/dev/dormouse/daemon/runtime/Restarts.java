package dev.dormouse.daemon.runtime;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a container's automatic restarts.
 *
 * @param count how many there were since its last start by hand
 * @param next when the next one is due; absent: none is
 * @param underWay it is being restarted just now, if it does not run
 * @param stoppedByHand its last run was ended by somebody, through systemd or the engine
 * @param interrupted when the run began under which the machine went down, so that nobody has written down its end
 */
public record Restarts(
        int count, Optional<Instant> next, boolean underWay, boolean stoppedByHand, Optional<Instant> interrupted) {
    /** Of a container without a restart policy. */
    public static final Restarts NONE = new Restarts(0, Optional.empty(), false, false, Optional.empty());

    /** Whether one that does not run is to run again by itself. */
    public boolean isPending() {
        return next.isPresent() || underWay;
    }
}
