package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.ControlGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The kernel by its files.
 *
 * @param proc {@code /proc}
 * @param cgroups {@code /sys/fs/cgroup}
 */
record ProcKernel(Path proc, Path cgroups) implements SystemObservation.Kernel {
    /** proc_pid_mountinfo(5). */
    private static final int MOUNT_POINT = 4;

    static ProcKernel ofThisMachine() {
        return new ProcKernel(Path.of("/proc"), ControlGroup.ROOT);
    }

    /** {@code btime} of proc_stat(5), in seconds. */
    @Override
    public Instant booted() {
        Path file = proc.resolve("stat");
        try {
            return Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith("btime "))
                    .map(line -> Instant.ofEpochSecond(
                            Long.parseLong(line.substring("btime ".length()).strip())))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no btime in it"));
        } catch (IOException e) {
            throw new EngineException.Failed(
                    "cannot read from " + file + " when this machine was booted: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isFrozen(long pid) {
        return ControlGroup.of(pid, cgroups).map(ControlGroup::isFrozen).orElse(false);
    }

    @Override
    public boolean isMounted(Path point) {
        Path parent = point.getParent();
        if (parent == null || !Files.exists(point)) {
            return false;
        }
        try {
            return !Files.getAttribute(point, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"));
        } catch (IOException _) {
            return false; // gone since
        }
    }

    @Override
    public Set<Path> mountedBelow(Path folder) {
        Path file = proc.resolve("self/mountinfo");
        try {
            return Files.readString(file)
                    .lines()
                    .map(line -> line.split(" ", -1)[MOUNT_POINT])
                    .filter(point -> point.startsWith(folder + "/"))
                    .map(point -> folder.relativize(Path.of(point)))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
