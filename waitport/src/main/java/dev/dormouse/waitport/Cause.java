package dev.dormouse.waitport;

/** Why a probe says "not yet". The words are what a user reads when nothing more precise is known. */
public enum Cause {
    /** The host answered that nothing listens there (ECONNREFUSED). */
    REFUSED("connection refused"),
    /** The host or its network cannot be reached (EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL). */
    UNREACHABLE("unreachable"),
    /** No answer within the time that the attempt had. */
    TIMED_OUT("no answer in time"),
    /** The peer reset an established connection. */
    RESET("connection reset"),
    /** The peer closed an established connection without an answer. */
    CLOSED("connection closed without an answer"),
    /** The listening table, socket file or process id that is waited for is not there yet. */
    NOT_LISTENING("not listening"),
    /** An HTTP answer with another status than the wanted one. */
    STATUS("unwanted HTTP status"),
    /** An answer that is not HTTP. */
    PROTOCOL("not an HTTP answer"),
    /** The kernel did not allow the attempt (EACCES, EPERM). */
    DENIED("permission denied"),
    /** A command ended with another exit status than 0. */
    EXIT("command failed"),
    /** The log has no line that matches. */
    NO_MATCH("no matching line"),
    /** Anything else the operating system reported; the detail holds its words. */
    FAILED("failed");

    private final String words;

    Cause(String words) {
        this.words = words;
    }

    /** In lower case, for the end of a sentence: {@code connection refused}. */
    public String words() {
        return words;
    }
}
