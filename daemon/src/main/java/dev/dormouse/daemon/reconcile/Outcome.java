package dev.dormouse.daemon.reconcile;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What follows from a record and the truth. Closed: every switch over it is exhaustive. */
public sealed interface Outcome {
    /** The record is right. */
    record Keep(Set<Repair> repairs) implements Outcome {}

    /** It runs: taken over, with its PID and start time as they are. */
    record Adopt(boolean paused, Set<Repair> repairs) implements Outcome {}

    /** Its unit is starting or stopping: nothing is done, the watch tells what becomes of it. */
    record LeaveToUnit() implements Outcome {}

    /** Its process has ended and its unit is about to: looked at again for a moment, then {@link TearDown}. */
    record AwaitEnd() implements Outcome {}

    /** It has ended; its real code and time are on record. */
    record RecordExit(Observed.Exit exit, Set<Repair> repairs) implements Outcome {}

    /**
     * It has ended and nobody saw how: Docker's code 255 is written down.
     *
     * @param by when at the latest it ended; absent: now
     */
    record RecordLost(Optional<Instant> by, Set<Repair> repairs) implements Outcome {}

    /** What is left of it is stopped and cleaned up; the clean-up writes how it ended. */
    record TearDown(Reason reason, Set<Repair> repairs) implements Outcome {}

    /** Its removal is brought to its end; if it runs, it is stopped first. */
    record FinishRemoval() implements Outcome {}

    /** Nothing of it is touched: if it runs, it runs on until it is removed. */
    record LeaveDead() implements Outcome {}

    /** What is missing and can be made again without touching the process. */
    enum Repair {
        /** Its files for a start. */
        COMPILE,
        /** The name of its network namespace, without which its network could not be torn down. */
        BIND_NAMESPACE
    }

    /** Why a run cannot go on. */
    enum Reason {
        NO_CONMON("nobody would see its end and read its output: its conmon is gone"),
        NO_UNIT("nobody could stop it: its unit is gone"),
        NOT_ENDING("its process is gone, but its unit does not end"),
        UNCLEAN("it has ended, but its clean-up did not come to its end");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
