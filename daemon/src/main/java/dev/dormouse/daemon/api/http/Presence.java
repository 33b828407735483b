package dev.dormouse.daemon.api.http;

import org.jspecify.annotations.Nullable;

/** Whether the client is still there, and the thread to interrupt when it goes. Thread-safe. */
final class Presence {
    private boolean gone;
    private @Nullable Thread watching;

    /** The client went away. */
    synchronized void leave() {
        gone = true;
        if (watching != null) {
            watching.interrupt();
        }
    }

    /** From now on the calling thread is interrupted when the client goes; at once if it has gone. */
    synchronized void watch() {
        watching = Thread.currentThread();
        if (gone) {
            watching.interrupt();
        }
    }

    /** The end of {@link #watch}; the calling thread is not interrupted afterwards. */
    synchronized void unwatch() {
        watching = null;
        boolean _ = Thread.interrupted();
    }
}
