package dev.dormouse.daemon.reconcile;

/** What the record says of a container: its state when an engine last wrote it down. */
public enum Recorded {
    /** Never started. */
    CREATED,
    /** Started; of an end the record knows nothing. */
    RUNNING,
    /** Started and frozen. */
    PAUSED,
    /** Between two runs, by its restart policy. */
    RESTARTING,
    /** Its removal was begun. */
    REMOVING,
    /** Its end, or why it could not start, is written down. */
    EXITED,
    /** Its record cannot be used: it is quarantined. */
    DEAD
}
