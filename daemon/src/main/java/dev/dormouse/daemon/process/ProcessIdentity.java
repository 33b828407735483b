package dev.dormouse.daemon.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that no other can be taken for.
 *
 * @param startTicks when it began, in clock ticks since boot (proc_pid_stat(5), starttime): with the PID it names a process for good,
 *     until the machine is booted again
 */
public record ProcessIdentity(long pid, long startTicks) {
    /** Position of the start time in /proc/PID/stat, counted from behind the command's name. */
    private static final int START_TIME = 19;

    /** Whether it is there, not ended and waiting for its parent, and no other process that got its number since. */
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
}
