package dev.dormouse.daemon.image;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** WORKDIR: a relative one is below the one before. */
final class WorkingDirectory {
    private WorkingDirectory() {}

    /** Absolute, without {@code .} and {@code ..}. */
    static String resolve(@Nullable String before, String directory) {
        return Path.of(before == null ? "/" : before)
                .resolve(directory)
                .normalize()
                .toString();
    }
}
