package dev.dormouse.daemon.api.wire;

import java.time.Instant;

/** Moments as Go writes them. */
final class Moments {
    private Moments() {}

    /** RFC 3339; a moment that never was, as Go's zero time. */
    static String text(Instant moment) {
        return moment.getEpochSecond() <= 0 ? StateView.NEVER : moment.toString();
    }
}
