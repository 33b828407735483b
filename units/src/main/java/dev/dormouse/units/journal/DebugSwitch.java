package dev.dormouse.units.journal;

/** Whether what Dormouse's own classes log at level debug is shown; may be turned at any time. Thread-safe. */
public final class DebugSwitch {
    private volatile boolean on;

    /** Shows it, or not, from the next event on. */
    public void turn(boolean shown) {
        on = shown;
    }

    boolean isOn() {
        return on;
    }
}
