package dev.dormouse.daemon.reconcile;

import java.time.Instant;
import java.util.Optional;

/**
 * What is true of a container at one moment.
 *
 * @param conmon whether the conmon that watches its process is there
 * @param frozen whether its process is frozen; false if there is none
 * @param bootedSince when the machine was booted, if that was after the record's last word, which is a start whose end nobody wrote down
 * @param bundle whether its files for a start are complete
 * @param mount whether its process is there and its root file system mounted
 * @param namespace whether its process is there and its network namespace reached by name; true of one that needs none
 * @param remains whether anything is left of a run, whose clean-up did not come to its end
 * @param exit how its last run ended, if that is newer than what the record knows
 */
public record Observed(
        Unit unit,
        boolean conmon,
        Init init,
        boolean frozen,
        Optional<Instant> bootedSince,
        boolean bundle,
        boolean mount,
        boolean namespace,
        boolean remains,
        Optional<Exit> exit) {
    /** What its supervisor, systemd or the engine itself, says. */
    public enum Unit {
        ACTIVE,
        /** Starting or stopping. */
        CHANGING,
        GONE
    }

    /** Its first process. A process is known by its number together with when it began (proc_pid_stat(5), starttime). */
    public enum Init {
        ALIVE,
        GONE,
        /** There is a process of that number, and it is another. */
        REUSED
    }

    /**
     * How a run ended, or a start that failed.
     *
     * @param code 0 to 255
     */
    public record Exit(int code, Instant finishedAt) {}
}
