package dev.dormouse.daemon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many containers are loaded at once: 128 a core, fewer where the open-file limit is low. */
final class LoadBound {
    private static final Logger LOG = LoggerFactory.getLogger(LoadBound.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final int PER_CORE = 128;

    private LoadBound() {}

    static int ofThisMachine() {
        return of(Runtime.getRuntime().availableProcessors(), openFiles());
    }

    /**
     * A load has at most two files open (the folder's listing, a file); half of the limit is left to everything else.
     *
     * @param openFiles the soft limit; absent: none
     */
    static int of(int cores, OptionalLong openFiles) {
        long byCores = (long) PER_CORE * cores;
        long byFiles = openFiles.orElse(Long.MAX_VALUE) / 4;
        return (int) Math.max(1, Math.min(byCores, byFiles));
    }

    private static OptionalLong openFiles() {
        try (Stream<String> lines = Files.lines(LIMITS)) {
            return lines.filter(line -> line.startsWith("Max open files"))
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
