package dev.dormouse.activator.wake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The slots of containers that are being created and started at this moment, by whomever: container-prepare makes a file for each. Those that
 * systemd starts by itself with their hand-overs are there before this process is, and must not be joined by as many again.
 *
 * @param most how many there are
 */
record StartSlots(Path folder, int most) {
    private static final Duration LOOK = Duration.ofMillis(10);
    /** A start takes a fraction of this; a file that stays longer is no reason to wake nobody any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Returns when there is one, at the latest after 5 s. Nothing tells when a file is removed, so this looks. */
    void awaitFree() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (taken() >= most && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK);
        }
    }

    private long taken() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException _) {
            return 0; // there is none: container-prepare of another version, which bounds nothing
        }
    }
}
