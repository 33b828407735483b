package dev.dormouse.units.manager;

import java.util.Map;
import java.util.function.Consumer;

/**
 * systemd's Manager. Thread-safe; calls block until systemd has answered and throw {@link SystemdException} only. It connects again
 * by itself after the bus was restarted; a call that was under way then looks up by the unit's state how its job ended.
 */
public interface SystemdManager extends AutoCloseable {
    /**
     * Starts a unit and returns when the job has ended; {@link JobResult#DONE} at once if it is active.
     *
     * @throws SystemdException if there is no such unit, or systemd or polkit refuses; the message says which
     */
    JobResult start(String unit);

    /** Stops a unit and returns when the job has ended. */
    JobResult stop(String unit);

    /** {@code ActiveState}, {@code SubState} and {@code Result} of a unit, loaded if need be. */
    UnitState state(String unit);

    /**
     * Properties of a unit of one D-Bus interface.
     *
     * @param type {@code Unit}, {@code Service} or {@code Socket}
     */
    Map<String, Object> properties(String unit, String type);

    /** {@code systemctl daemon-reload}, begun after the call; those that are asked for while one is under way may be one. */
    void reload();

    /** {@code systemctl reset-failed UNIT}; nothing if it has not failed or is not loaded. */
    void resetFailed(String unit);

    /** Calls {@code listener}, on a thread of this object's, whenever a unit's state has changed, until closed. */
    Watch watch(String unit, Consumer<UnitState> listener);

    @Override
    void close();

    /**
     * A unit's state.
     *
     * @param active systemd's {@code ActiveState}: running, starting, stopping, … in its own words
     * @param sub the unit type's finer word: {@code running}, {@code dead}, {@code listening}, …
     * @param result {@code success}, {@code exit-code}, {@code signal}, {@code timeout}, …; empty for units that have none
     */
    record UnitState(String active, String sub, String result) {}

    /** Ends a {@link #watch}. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
