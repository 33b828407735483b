package dev.dormouse.activator.cgroup;

import dev.dormouse.activator.config.ContainerFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The cgroup around a container's own (docs/internals.md, {@code containers/ID/cgroup}). It is frozen by this process alone: who pauses the
 * container does that in a cgroup further up or down, and the kernel thaws it when nobody wants it frozen. Blocks on files of the kernel's.
 * Thread-safe.
 *
 * @param pointer the file that says where it is; there while the container runs
 */
public record ContainerCgroup(Path pointer) {
    private static final String USAGE = "usage_usec ";
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Of a container. */
    public static ContainerCgroup of(ContainerFacts facts) {
        return new ContainerCgroup(facts.runtimeFolder().resolve("cgroup"));
    }

    /**
     * Has the kernel freeze it; a process that is in the middle of a system call is some time later.
     *
     * @throws IOException if it cannot be frozen, or does not run
     */
    public void freeze() throws IOException {
        try {
            write(folder(), "1");
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "there is no " + e.getMessage() + "; the container has ended, or was started without cgroup v2", e);
        }
    }

    /**
     * Thaws it; nothing if it does not run.
     *
     * @throws IOException if it stays frozen
     */
    public void thaw() throws IOException {
        try {
            write(folder(), "0");
        } catch (NoSuchFileException _) {
            return; // not frozen: it is gone, or has not begun
        }
    }

    /**
     * Processor time that it has used since it was made. cgroup v2 counts it also where its cpu controller is off.
     *
     * @throws IOException if it cannot be told, as when it does not run
     */
    public Duration processorTime() throws IOException {
        Path file = folder().resolve("cpu.stat");
        for (String line : Files.readString(file).split("\n", -1)) {
            if (line.startsWith(USAGE)) {
                return Duration.ofNanos(Long.parseLong(line.substring(USAGE.length())) * 1_000);
            }
        }
        throw new IOException("no usage_usec in " + file);
    }

    /** Whether a process is in it; where it is not known (no cgroup v2), whether there is such a process. */
    boolean isAround(String pid) throws IOException {
        String its = Files.readString(Path.of("/proc", pid, "cgroup"));
        if (!Files.exists(pointer)) {
            return true;
        }
        String own = ROOT.relativize(folder()).toString();
        return its.lines().anyMatch(line -> line.startsWith("0::/" + own + "/"));
    }

    /** In one write: what is there is not truncated. */
    private static void write(Path folder, String value) throws IOException {
        Files.writeString(folder.resolve("cgroup.freeze"), value, StandardOpenOption.WRITE);
    }

    private Path folder() throws IOException {
        String text = Files.readString(pointer).strip();
        if (!text.startsWith("/")) {
            throw new IOException(pointer + " must hold an absolute path");
        }
        return Path.of(text);
    }
}
