package dev.dormouse.waitport;

/** What one attempt of a probe found. */
public sealed interface ProbeResult {
    /** The service is ready. */
    Ready READY = new Ready();

    /** The service is ready; use {@link #READY}. */
    record Ready() implements ProbeResult {}

    /**
     * Not ready; another attempt may find it so.
     *
     * @param detail what was seen, in a few words without the target's name; never empty
     */
    record NotYet(Cause cause, String detail) implements ProbeResult {
        /** With the cause's own words. */
        public NotYet(Cause cause) {
            this(cause, cause.words());
        }
    }

    /**
     * Waiting is of no use: an unknown host, a command that cannot be started, a process that is gone.
     *
     * @param detail what is wrong, with the name of the thing; never empty
     */
    record Broken(String detail) implements ProbeResult {}
}
