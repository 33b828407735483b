package dev.dormouse.units.manager;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Brings together the jobs that one waits for and the results that JobRemoved reports. A job may end before the reply that names it is
 * read, so results are kept while any call is under way. Thread-safe.
 */
final class JobLedger {
    private final Map<String, JobResult> ended = new HashMap<>();
    private final Map<String, List<CompletableFuture<JobResult>>> waiting = new HashMap<>();
    private int calls;

    /** Before a call that makes a job; close it once the job is known. */
    synchronized Call call() {
        calls++;
        return new Call();
    }

    /** JobRemoved has reported it. */
    synchronized void ended(String job, JobResult result) {
        if (calls > 0) {
            ended.put(job, result);
        }
        List<CompletableFuture<JobResult>> waiters = waiting.remove(job);
        if (waiters != null) {
            waiters.forEach(waiter -> waiter.complete(result));
        }
    }

    private synchronized CompletableFuture<JobResult> await(String job) {
        CompletableFuture<JobResult> result = new CompletableFuture<>();
        JobResult early = ended.get(job);
        if (early != null) {
            result.complete(early);
        } else {
            waiting.computeIfAbsent(job, _ -> new ArrayList<>()).add(result);
        }
        return result;
    }

    private synchronized void callEnded() {
        calls--;
        if (calls == 0) {
            ended.clear();
        }
    }

    /** A call under way: no result is missed from its start on. */
    final class Call implements AutoCloseable {
        private Call() {}

        /** How the job that the call made, or found, ends or has ended. */
        CompletableFuture<JobResult> result(String job) {
            return await(job);
        }

        @Override
        public void close() {
            callEnded();
        }
    }
}
