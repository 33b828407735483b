package dev.dormouse.daemon.restore;

/** Where a restore is: each phase begins when the one before it has ended. */
public enum RestorePhase {
    WAITING("waiting to restore"),
    LOADING("loading containers"),
    RECONCILING("reconciling with what runs"),
    ORPHANS("tearing down what has no record"),
    NETWORKS("restoring networks"),
    PORTS("restoring published ports"),
    LEFTOVERS("removing leftovers"),
    NAMES("restoring names"),
    DONE("running");

    private final String words;

    RestorePhase(String words) {
        this.words = words;
    }

    /** For clients and logs: {@code reconciling with what runs}. */
    public String words() {
        return words;
    }
}
