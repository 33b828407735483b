package dev.dormouse.proxy.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong in the loops, for the log. Apart, so that the logger is loaded only when there is something to say. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger("dev.dormouse.proxy");

    private Trouble() {}

    /** An error in our own code, or in a backend's. */
    static void unexpected(Throwable failure) {
        LOG.error("one connection or listener was given up after an unexpected error; the others go on", failure);
    }

    static void acceptFailed(int descriptor, String words) {
        LOG.warn(
                "cannot accept on descriptor {}: {}; clients wait in the kernel's queue, trying again every {} ms"
                        + " (raise the limit of open files: LimitNOFILE=)",
                descriptor,
                words,
                Acceptor.PAUSE_MILLIS);
    }

    static void acceptWorks(int descriptor) {
        LOG.info("accepting on descriptor {} again", descriptor);
    }
}
