package dev.dormouse.activator.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the command asks of systemd. */
interface Units {
    /** Reads the unit files again. */
    void reload();

    /** Makes the links of [Install]. */
    void enable(String unit);

    /** Removes them. */
    void disable(String unit);

    /**
     * Starts a unit.
     *
     * @throws CommandException with systemd's own words
     */
    void start(String unit);

    /** Stops units and waits; nothing for those that do not run. */
    void stop(List<String> units);

    /** Forgets that units have failed. */
    void resetFailed(List<String> units);

    /** {@code ActiveState} of each unit, by its name; {@code inactive} if there is none. */
    Map<String, String> states(List<String> units);

    /** What systemd itself wrote about a unit since an instant, newest last; empty if there is no journal. */
    List<String> journal(String unit, Instant since);

    /**
     * Prints what units have written, as long as it takes.
     *
     * @param follow until the user ends it
     * @return exit status of journalctl
     */
    int printJournal(List<String> units, boolean follow, int lines);
}
