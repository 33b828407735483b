package dev.dormouse.daemon.lifecycle;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which starts and exits of a container were made known already: a verb learns of them from its own doing, the runtime's watch tells
 * of them too, a little later. A run is known by when it started. Not thread-safe.
 */
final class SeenRuns {
    /** The watch may lag behind by a few runs of a container that is restarted quickly. */
    private static final int REMEMBERED = 16;

    private final Deque<Instant> starts = new ArrayDeque<>();
    private final Deque<Instant> exits = new ArrayDeque<>();

    /** Whether it was news. */
    boolean start(Instant startedAt) {
        return add(starts, startedAt);
    }

    /** Whether it was news. */
    boolean exit(Instant startedAt) {
        return add(exits, startedAt);
    }

    private static boolean add(Deque<Instant> seen, Instant startedAt) {
        if (seen.contains(startedAt)) {
            return false;
        }
        if (seen.size() == REMEMBERED) {
            seen.removeFirst();
        }
        seen.addLast(startedAt);
        return true;
    }
}
