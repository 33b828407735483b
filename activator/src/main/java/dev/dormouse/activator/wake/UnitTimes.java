package dev.dormouse.activator.wake;

import dev.dormouse.units.manager.SystemdManager;
import java.util.List;
import java.util.Map;

/** When a unit last went from one state to the next: microseconds of CLOCK_MONOTONIC, 0 if never. */
final class UnitTimes {
    private final Map<String, Object> properties;

    /** As systemd says now. */
    UnitTimes(SystemdManager manager, String unit) {
        this.properties = manager.properties(unit, "Unit");
    }

    /** It last went from any state to another; a socket that is handed over, when its first connection came. */
    long stateChange() {
        return micros("StateChangeTimestampMonotonic");
    }

    /** It was up. */
    long activeEnter() {
        return micros("ActiveEnterTimestampMonotonic");
    }

    /** When its last start began; 0 if there was none. */
    long inactiveExit() {
        return micros("InactiveExitTimestampMonotonic");
    }

    /** It was down. */
    long inactiveEnter() {
        return micros("InactiveEnterTimestampMonotonic");
    }

    /** Whether systemd is about to do something with it: property Job is (number, path), number 0 for none. */
    boolean hasJob() {
        return properties.get("Job") instanceof List<?> job
                && job.getFirst() instanceof Number number
                && number.longValue() != 0;
    }

    private long micros(String name) {
        return properties.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
