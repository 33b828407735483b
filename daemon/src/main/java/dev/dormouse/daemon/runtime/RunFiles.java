package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what the scripts wrote about runs. */
record RunFiles(RuntimePaths paths) {
    /** Position of the start time in /proc/PID/stat (proc_pid_stat(5)), counted from behind the command's name. */
    private static final int START_TIME = 19;

    /**
     * A run that has begun.
     *
     * @param startTicks when its init began, in clock ticks since boot: with the PID it names a process for good
     */
    record Begun(ContainerRuntime.Running process, long startTicks) {}

    /**
     * A run that has ended, or a start that failed.
     *
     * @param pid of its init; 0 if there never was one
     */
    record Ended(ContainerRuntime.Exit exit, long pid) {}

    /** The run that is current, whether or not its process is still there. */
    Optional<Begun> begun(ContainerId id) {
        return read(paths.started(id), "PID", "STARTED", "STARTTIME")
                .map(file -> new Begun(
                        new ContainerRuntime.Running(file.number("PID"), file.instant("STARTED")),
                        file.number("STARTTIME")));
    }

    /** The run that is current, if its process is there and no other that got its number since. */
    Optional<ContainerRuntime.Running> running(ContainerId id) {
        return begun(id)
                .filter(run -> isAlive(run.process().pid(), run.startTicks()))
                .map(Begun::process);
    }

    Optional<Ended> ended(ContainerId id) {
        return read(paths.exit(id), "CODE", "STARTED", "FINISHED", "PID")
                .map(file -> new Ended(
                        new ContainerRuntime.Exit(
                                (int) file.number("CODE"), file.instant("STARTED"), file.instant("FINISHED")),
                        file.number("PID")));
    }

    /** Why the last start failed, as the script said it. */
    Optional<String> startError(ContainerId id) {
        return text(paths.runFolder(id).resolve("error"));
    }

    /** The unit that has the container. */
    Optional<String> claim(ContainerId id) {
        return text(paths.claim(id));
    }

    /** The container that a unit has. */
    Optional<String> claimed(String unitName) {
        return text(paths.claimed(unitName));
    }

    private static boolean isAlive(long pid, long startTicks) {
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

    private static Optional<Assignments> read(Path file, String... names) {
        try {
            return Assignments.read(file, names);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
