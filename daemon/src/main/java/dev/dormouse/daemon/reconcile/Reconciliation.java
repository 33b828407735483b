package dev.dormouse.daemon.reconcile;

import dev.dormouse.daemon.reconcile.Outcome.Reason;
import dev.dormouse.daemon.reconcile.Outcome.Repair;
import java.util.EnumSet;
import java.util.Set;

/** The table of docs/reconciliation.md: from what is recorded and what is true to what is done. Pure. */
public final class Reconciliation {
    private Reconciliation() {}

    /** What is to be done with a container. Every combination has its outcome. */
    public static Outcome outcome(Recorded recorded, Observed observed) {
        return switch (recorded) {
            case REMOVING -> new Outcome.FinishRemoval();
            case DEAD -> new Outcome.LeaveDead();
            case CREATED, RUNNING, PAUSED, RESTARTING, EXITED ->
                switch (observed.init()) {
                    case ALIVE -> alive(observed);
                    // Another process with its number is no sign of it.
                    case GONE, REUSED -> gone(recorded, observed);
                };
        };
    }

    /** A process that is there is the truth, whatever the record says: somebody else may have started it. */
    private static Outcome alive(Observed observed) {
        if (!observed.conmon()) {
            return new Outcome.TearDown(Reason.NO_CONMON, compile(observed));
        }
        return switch (observed.unit()) {
            case ACTIVE -> new Outcome.Adopt(observed.frozen(), repairs(observed));
            case CHANGING -> new Outcome.LeaveToUnit();
            case GONE -> new Outcome.TearDown(Reason.NO_UNIT, compile(observed));
        };
    }

    private static Outcome gone(Recorded recorded, Observed observed) {
        return switch (observed.unit()) {
            case ACTIVE -> new Outcome.AwaitEnd();
            case CHANGING -> new Outcome.LeaveToUnit();
            case GONE ->
                observed.remains()
                        ? new Outcome.TearDown(Reason.UNCLEAN, compile(observed))
                        : ended(recorded, observed);
        };
    }

    private static Outcome ended(Recorded recorded, Observed observed) {
        Set<Repair> repairs = compile(observed);
        if (observed.exit().isPresent()) {
            return new Outcome.RecordExit(observed.exit().get(), repairs);
        }
        return switch (recorded) {
            case RUNNING, PAUSED, RESTARTING -> new Outcome.RecordLost(observed.bootedSince(), repairs);
            case CREATED, EXITED, REMOVING, DEAD -> new Outcome.Keep(repairs);
        };
    }

    /** The mount is not among them: the process has its own view of it, and the clean-up does without. */
    private static Set<Repair> repairs(Observed observed) {
        Set<Repair> repairs = EnumSet.noneOf(Repair.class);
        repairs.addAll(compile(observed));
        if (!observed.namespace()) {
            repairs.add(Repair.BIND_NAMESPACE);
        }
        return Set.copyOf(repairs);
    }

    private static Set<Repair> compile(Observed observed) {
        return observed.bundle() ? Set.of() : Set.of(Repair.COMPILE);
    }
}
