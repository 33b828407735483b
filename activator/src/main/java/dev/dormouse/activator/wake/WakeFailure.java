package dev.dormouse.activator.wake;

import java.util.Locale;

/** The ways in which a wake fails. */
public enum WakeFailure {
    /** A file of the service or of the container is missing or wrong. */
    MISCONFIGURED("config", "failed"),
    /** Too many other wakes were under way for too long. */
    QUEUE_TIMEOUT("queue", "timeout"),
    /** A service that it needs could not be woken. */
    PREDECESSOR("after", "failed"),
    /** The unit did not start. */
    UNIT_FAILED("unit", "failed"),
    /** The container was not started in time. */
    UNIT_TIMEOUT("unit", "timeout"),
    /** It started, and ended before it was ready. */
    ENDED("ready", "failed"),
    /** It started, and was not ready in time. */
    READY_TIMEOUT("ready", "timeout");

    private final String phase;
    private final String outcome;

    WakeFailure(String phase, String outcome) {
        this.phase = phase;
        this.outcome = outcome;
    }

    /** The phase that it failed in, for the journal's PHASE=. */
    public String phase() {
        return phase;
    }

    /** {@code failed} or {@code timeout}, for the journal's OUTCOME=. */
    public String outcome() {
        return outcome;
    }

    /** In one word, for metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
