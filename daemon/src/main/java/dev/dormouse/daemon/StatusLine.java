package dev.dormouse.daemon;

import dev.dormouse.units.notify.Notifier;

/** What {@code systemctl status} shows: what the engine does, and what an administrator should know beside it. Thread-safe. */
final class StatusLine {
    private final Notifier notifier;
    private String phase = "starting";
    private String note = "";

    StatusLine(Notifier notifier) {
        this.notifier = notifier;
    }

    /** What it does from now on. */
    synchronized void phase(String now) {
        phase = now;
        tell();
    }

    /** What is to be known from now on; empty for nothing. */
    synchronized void note(String now) {
        note = now;
        tell();
    }

    private void tell() {
        notifier.status(note.isEmpty() ? phase : phase + "; " + note);
    }
}
