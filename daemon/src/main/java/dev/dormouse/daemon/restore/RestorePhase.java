package dev.dormouse.daemon.restore;

/** Where a restore is; {@code GET /info} shows it. */
public enum RestorePhase {
    WAITING,
    LOADING,
    RECONCILING,
    NETWORKS,
    LEFTOVERS,
    NAMES,
    DONE
}
