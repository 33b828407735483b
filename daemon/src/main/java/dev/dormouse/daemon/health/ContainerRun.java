package dev.dormouse.daemon.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of a container, as {@code container-start} wrote it down.
 *
 * @param startTicks when its init began, in clock ticks since boot: with the PID it names a process for good
 * @param startedNanos since 1970
 */
record ContainerRun(long pid, long startTicks, long startedNanos) implements Vitals {
    private static final Pattern FORM =
            Pattern.compile("PID=([0-9]{1,10})\nSTARTED=([0-9]{1,19})\nSTARTTIME=([0-9]{1,19})\n");
    private static final long NANOSECONDS = 1_000_000_000L;
    /** Position of the start time in /proc/PID/stat (proc_pid_stat(5)), counted from behind the command's name. */
    private static final int START_TIME = 19;

    /** The run that a {@code started} file tells of; absent if it is not there or not whole yet. */
    static Optional<ContainerRun> read(Path started) {
        try {
            Matcher form = FORM.matcher(Files.readString(started));
            return form.matches()
                    ? Optional.of(new ContainerRun(
                            Long.parseLong(form.group(1)),
                            Long.parseLong(form.group(3)),
                            Long.parseLong(form.group(2))))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    Instant startedAt() {
        return Instant.ofEpochSecond(startedNanos / NANOSECONDS, startedNanos % NANOSECONDS);
    }

    /** Whether its init is there, and no other process that got its number since. */
    @Override
    public boolean isAlive() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The command's name is in brackets and may hold blanks and brackets itself.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            return !dead && Long.parseLong(fields[START_TIME]) == startTicks;
        } catch (IOException _) {
            return false; // gone, also while it was read (ESRCH)
        }
    }

    /** Whether its cgroup is frozen (cgroup v2, cgroup.freeze). */
    @Override
    public boolean isFrozen() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup"))) {
                if (line.startsWith("0::/")) {
                    Path cgroup = Path.of("/sys/fs/cgroup").resolve(line.substring("0::/".length()));
                    return Files.readString(cgroup.resolve("cgroup.events")).contains("frozen 1");
                }
            }
            return false;
        } catch (IOException _) {
            return false; // no cgroup v2, or the container is gone
        }
    }
}
