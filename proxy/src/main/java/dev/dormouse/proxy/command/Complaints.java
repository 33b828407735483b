package dev.dormouse.proxy.command;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients suffer, for the log: one line in ten seconds, however many they are. Thread-safe. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger("dev.dormouse.proxy");
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private static long nextLineNanos = System.nanoTime();
    private static long unsaid;

    private Complaints() {}

    /** A client was closed since nothing took its connection. */
    static synchronized void gaveUp(Target target, String lastWords, String waited) {
        if (System.nanoTime() - nextLineNanos < 0) {
            unsaid++;
            return;
        }
        LOG.warn(
                "closed a client: {} took no connection within {} (--wait), last: {}{}",
                target,
                waited,
                lastWords,
                unsaid == 0 ? "" : "; and " + unsaid + " more since the last such line");
        unsaid = 0;
        nextLineNanos = System.nanoTime() + BETWEEN_LINES.toNanos();
    }

    static void unresolved(Target.Host target, Exception failure) {
        LOG.warn(
                "cannot resolve host '{}', trying again every second: {}; check the spelling, /etc/hosts and DNS",
                target.host(),
                failure.getMessage());
    }
}
