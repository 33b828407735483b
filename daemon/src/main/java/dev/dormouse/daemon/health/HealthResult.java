package dev.dormouse.daemon.health;

import java.time.Instant;

/**
 * How one run of a health check ended.
 *
 * @param exitCode the command's; -1 if it did not end in its time or could not be run, as dockerd has it
 * @param output what it wrote, standard output and error together, at most {@link FirstBytes#MOST} bytes of it
 */
public record HealthResult(Instant start, Instant end, int exitCode, String output) {
    /** Docker's exit code of a check that did not end by itself. */
    static final int NOT_ENDED = -1;

    boolean isHealthy() {
        return exitCode == 0;
    }
}
