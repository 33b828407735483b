package dev.dormouse.daemon.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A control group of the unified hierarchy.
 *
 * @param folder below {@code /sys/fs/cgroup}
 */
public record ControlGroup(Path folder) {
    /** Where the hierarchy is mounted. */
    public static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** {@code 0::/path} of proc_pid_cgroup(5). */
    private static final String UNIFIED = "0::/";

    /** That of a process; empty if the process is gone. */
    public static Optional<ControlGroup> of(long pid) {
        return of(pid, ROOT);
    }

    /** The same where the hierarchy is mounted at another place. */
    public static Optional<ControlGroup> of(long pid, Path root) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"))
                    .lines()
                    .filter(line -> line.startsWith(UNIFIED))
                    .map(line -> new ControlGroup(root.resolve(line.substring(UNIFIED.length()))))
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty(); // gone, also while it was read (ESRCH)
        }
    }

    /** {@code frozen} of cgroup.events, which an ancestor's freezing shows in as well (cgroup-v2, cgroup.freeze). */
    public boolean isFrozen() {
        try {
            return Files.readString(folder.resolve("cgroup.events")).lines().anyMatch("frozen 1"::equals);
        } catch (IOException _) {
            return false; // gone with its processes, or no unified hierarchy
        }
    }
}
