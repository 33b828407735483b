package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.ProcessIdentity;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what the scripts wrote about runs. */
record RunFiles(RuntimePaths paths) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Pattern PID = Pattern.compile("[0-9]{1,10}");

    /**
     * A run that has begun.
     *
     * @param init its first process, for whoever looks for it again
     */
    record Begun(ContainerRuntime.Running process, ProcessIdentity init) {}

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
                        new ProcessIdentity(file.number("PID"), file.number("STARTTIME"))));
    }

    /** The run that is current, if its process is there and no other that got its number since. */
    Optional<ContainerRuntime.Running> running(ContainerId id) {
        return begun(id)
                .filter(run -> run.init().isAlive())
                .filter(_ -> isOfThisBoot(id))
                .map(Begun::process);
    }

    /** Whether the current run was begun since the machine was booted: PID and start time say nothing across a boot. */
    boolean isOfThisBoot(ContainerId id) {
        return text(paths.runFolder(id).resolve("boot"))
                .map(boot -> text(BOOT_ID).filter(boot::equals).isPresent())
                .orElse(true);
    }

    /** The PID of the conmon that watches the container: a process of that number with the container's id on its command line. */
    Optional<Long> conmon(ContainerId id) {
        return text(paths.runFolder(id).resolve("conmon"))
                .filter(pid -> PID.matcher(pid).matches())
                .map(Long::parseLong)
                .filter(pid -> commandLine(pid).contains(id.value()));
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return ""; // gone, also while it was read (ESRCH)
        }
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
