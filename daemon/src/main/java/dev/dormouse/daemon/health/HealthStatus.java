package dev.dormouse.daemon.health;

import java.util.Arrays;
import java.util.Optional;

/** What is known of a container's health, in Docker's words. */
public enum HealthStatus {
    /** No check has succeeded yet, and not too many have failed. */
    STARTING("starting"),
    HEALTHY("healthy"),
    UNHEALTHY("unhealthy");

    private final String word;

    HealthStatus(String word) {
        this.word = word;
    }

    /** As clients and files have it. */
    public String word() {
        return word;
    }

    /** The status of a word; absent if it is none. */
    public static Optional<HealthStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word.equals(word))
                .findFirst();
    }
}
