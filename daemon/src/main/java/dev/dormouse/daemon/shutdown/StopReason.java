package dev.dormouse.daemon.shutdown;

/** Why the engine ends. Only some of it is the end of its containers too, and that only without live-restore. */
public enum StopReason {
    /** {@code systemctl stop dormouse}: the administrator wants it gone. */
    STOP("it is being stopped", true),
    /** The machine goes down. */
    MACHINE("the machine goes down", true),
    /** A signal that systemd has nothing to do with: Ctrl-C, kill(1). */
    SIGNAL("it was sent a signal", true),
    /** A SIGTERM for whatever reason: with live-restore none makes a difference, and none is asked for. */
    TOLD("it is told to", true),
    /** {@code systemctl restart dormouse}, an upgrade. */
    RESTART("it is being restarted", false),
    /** Nobody needs it; the next client starts it again. */
    IDLE("nobody needs it", false),
    /** systemd could not be asked: what was perhaps not asked for is not done. */
    UNKNOWN("why is not known, as systemd did not answer", false);

    private final String words;
    private final boolean endsContainers;

    StopReason(String words, boolean endsContainers) {
        this.words = words;
        this.endsContainers = endsContainers;
    }

    /** For the log, after "the engine ends: ". */
    public String words() {
        return words;
    }

    /** Whether the containers end with it, unless live-restore is on. */
    public boolean endsContainers() {
        return endsContainers;
    }
}
