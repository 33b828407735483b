package dev.dormouse.units.manager;

/** systemd's words for a job's end (job_result_table in its src/core/job.c). */
final class JobWords {
    private JobWords() {}

    static JobResult result(String word) {
        return switch (word) {
            case "done" -> JobResult.DONE;
            case "failed" -> JobResult.FAILED;
            case "dependency" -> JobResult.DEPENDENCY;
            case "timeout" -> JobResult.TIMEOUT;
            case "canceled" -> JobResult.CANCELED;
            case "skipped" -> JobResult.SKIPPED;
            default -> JobResult.OTHER;
        };
    }
}
