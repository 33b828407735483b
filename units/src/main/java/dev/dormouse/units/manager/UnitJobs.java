package dev.dormouse.units.manager;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.manager.ManagerSession.Job;
import dev.dormouse.units.manager.ManagerSession.Row;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a job and waits for its end, over the end of the connection if need be. Thread-safe. */
final class UnitJobs {
    /** A signal may be lost without the connection (a full queue): now and then it is asked whether the job is still there. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** Signals are sent before a later reply, but another thread reads them. */
    private static final Duration SIGNAL_DELAY = Duration.ofSeconds(1);

    private final BusLink link;

    UnitJobs(BusLink link) {
        this.link = link;
    }

    JobResult run(JobVerb verb, String unit) {
        long asked = System.nanoTime();
        Optional<String> known = Optional.empty();
        boolean askedBefore = false;
        while (true) {
            ManagerSession session = link.session();
            try {
                Progress progress = askedBefore
                        ? lookUp(session, verb, unit, known, asked)
                        : new Progress.Pending(session.enqueue(verb, unit));
                switch (progress) {
                    case Progress.Ended(JobResult result) -> {
                        return result;
                    }
                    case Progress.NeverArrived() -> askedBefore = false;
                    case Progress.Pending(Job job) -> {
                        known = Optional.of(job.path());
                        return await(session, verb, unit, job);
                    }
                }
            } catch (BusLostException _) {
                askedBefore = true;
            } catch (BusErrorException e) {
                throw Refusal.of(verb.word() + " " + unit, e);
            }
        }
    }

    /** How far a job has come that was asked for on a connection that is gone. */
    private sealed interface Progress {
        record Ended(JobResult result) implements Progress {}

        record Pending(Job job) implements Progress {}

        /** The connection was gone before systemd read the call. */
        record NeverArrived() implements Progress {}
    }

    private static Progress lookUp(
            ManagerSession session, JobVerb verb, String unit, Optional<String> known, long asked) {
        Optional<Job> job = known.isPresent() ? session.jobOf(unit, known.get()) : session.jobOf(unit);
        if (job.isPresent()) {
            return new Progress.Pending(job.get());
        }
        long since = Libc.monotonicMicros() - TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - asked);
        if (known.isEmpty() && timestamp(session, unit, "StateChangeTimestampMonotonic") < since) {
            return new Progress.NeverArrived();
        }
        return new Progress.Ended(judge(session, verb, unit, since));
    }

    private static JobResult await(ManagerSession session, JobVerb verb, String unit, Job job) {
        long asked = System.nanoTime();
        while (true) {
            if (isOver(session, job.result(), LOOK_AGAIN, verb, unit)) {
                return job.result().join();
            }
            boolean there = session.row(unit).job().map(job.path()::equals).orElse(false);
            if (!there) {
                if (isOver(session, job.result(), SIGNAL_DELAY, verb, unit)) {
                    return job.result().join();
                }
                long since = Libc.monotonicMicros() - TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - asked);
                return judge(session, verb, unit, since);
            }
        }
    }

    private static boolean isOver(
            ManagerSession session, CompletableFuture<JobResult> result, Duration patience, JobVerb verb, String unit) {
        try {
            CompletableFuture.anyOf(result, session.lost()).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemdException(
                    "interrupted while waiting until systemd has done: " + verb.word() + " " + unit
                            + "; the job goes on",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither of the two can fail", e);
        }
        if (!result.isDone()) {
            throw new BusLostException("the connection ended before the job of " + unit);
        }
        return true;
    }

    /** What the unit's state says of a job whose JobRemoved was not heard; systemd itself derives results so (unit_notify). */
    private static JobResult judge(ManagerSession session, JobVerb verb, String unit, long since) {
        Row row = session.row(unit);
        boolean down = row.active().equals("inactive") || row.active().equals("failed");
        return switch (verb) {
            case STOP -> down ? JobResult.DONE : JobResult.CANCELED;
            case START ->
                switch (row.active()) {
                    case "active", "reloading", "refreshing" -> JobResult.DONE;
                    case "inactive", "deactivating" ->
                        timestamp(session, unit, "InactiveExitTimestampMonotonic") >= since
                                ? JobResult.DONE
                                : JobResult.CANCELED;
                    default -> JobResult.FAILED;
                };
        };
    }

    /** On CLOCK_MONOTONIC, in microseconds; 0 if it never happened. */
    private static long timestamp(ManagerSession session, String unit, String property) {
        return ((Number) session.property(unit, UnitName.typeInterface("Unit"), property)).longValue();
    }
}
