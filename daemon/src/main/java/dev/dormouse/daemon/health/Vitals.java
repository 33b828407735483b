package dev.dormouse.daemon.health;

/** Whether a run of a container goes on. */
interface Vitals {
    boolean isAlive();

    /** Whether it is paused: what is run in it would not move either. */
    boolean isFrozen();
}
