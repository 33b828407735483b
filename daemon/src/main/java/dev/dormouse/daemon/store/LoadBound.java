package dev.dormouse.daemon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many containers are worked on at once: dockerd's rule (moby, daemon/daemon.go, adjustParallelLimit). 128 a core; half the soft
 * open-file limit where that limit is at most twice the work and at most twice the cap; never more than there is work.
 *
 * @param openFiles the soft limit; absent: none
 * @param work how many containers there are
 */
record LoadBound(int cores, OptionalLong openFiles, int work) {
    private static final Logger LOG = LoggerFactory.getLogger(LoadBound.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final int PER_CORE = 128;
    /** What one container's work has open at most: a folder's listing and a file. */
    private static final int FILES_EACH = 2;

    static LoadBound ofThisMachine(int work) {
        return new LoadBound(Runtime.getRuntime().availableProcessors(), openFileLimit(), work);
    }

    /** At least 1. */
    int atOnce() {
        long bound = isFilesShort() ? openFiles.orElseThrow() / FILES_EACH : cap();
        return (int) Math.max(1, Math.min(bound, work));
    }

    private boolean isFilesShort() {
        return openFiles.isPresent()
                && openFiles.getAsLong() <= (long) FILES_EACH * work
                && openFiles.getAsLong() <= FILES_EACH * cap();
    }

    private long cap() {
        return (long) PER_CORE * cores;
    }

    @Override
    public String toString() {
        return "at-once=" + atOnce() + " cores=" + cores + " open-files="
                + (openFiles.isPresent() ? Long.toString(openFiles.getAsLong()) : "unlimited") + " work=" + work;
    }

    private static OptionalLong openFileLimit() {
        try {
            return Files.readString(LIMITS)
                    .lines()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split("\\s+", 2)[0])
                    .filter(limit -> !limit.equals("unlimited"))
                    .mapToLong(Long::parseLong)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            LOG.warn("cannot read the open-file limit from {}: {}; 1024 is assumed", LIMITS, e.toString());
            return OptionalLong.of(1024);
        }
    }
}
