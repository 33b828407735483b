package dev.dormouse.proxy.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong in the loops, for the log. The logger is not loaded before the first client is served; but not only when there is
 * something to say either, since then there may be no descriptor left to load it with.
 */
final class Trouble {
    private Trouble() {}

    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger("dev.dormouse.proxy");
    }

    /** Loads the logger, in a thread of its own. */
    static void prepare() {
        Thread.ofPlatform().daemon().name("proxy-log").start(() -> Log.LOG.trace("the data plane can log"));
    }

    /** An error in our own code, or in a backend's. Throws nothing, whatever state the process is in. */
    static void report(Throwable failure) {
        try {
            Log.LOG.error(
                    "one connection or listener was given up after an unexpected error; the others go on", failure);
        } catch (RuntimeException | Error e) {
            // Nothing is left to tell it with, and the loop must go on.
            failure.addSuppressed(e);
        }
    }

    static void acceptFailed(int descriptor, String words) {
        Log.LOG.warn(
                "cannot accept on descriptor {}: {}; clients wait in the kernel's queue, trying again every {} ms"
                        + " (raise the limit of open files: LimitNOFILE=)",
                descriptor,
                words,
                Acceptor.PAUSE_MILLIS);
    }
}
