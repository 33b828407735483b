package dev.dormouse.activator.tally;

import java.util.Locale;

/** The phases of a wake that its time is counted by, each from the wake's beginning. */
public enum Phase {
    QUEUE,
    CREATE,
    UNIT,
    READY,
    FIRST_BYTE;

    /** In metrics and in the file of the counts, so it does not change. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
