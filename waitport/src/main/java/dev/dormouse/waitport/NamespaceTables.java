package dev.dormouse.waitport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tables of a network namespace are read: {@code /proc/PID/net} of a process in it (proc_pid_net(5)). */
sealed interface NamespaceTables {
    /** Where the tables are, or why they are not there. */
    sealed interface Result {}

    /** The folder that holds {@code tcp} and {@code tcp6}. */
    record Found(Path folder) implements Result {}

    /** No process to read them from. */
    record Missing(ProbeResult result) implements Result {}

    Result find();

    /** What it means that the tables could not be read. */
    ProbeResult gone(IOException failure);

    private static Path folder(long pid) {
        return Path.of("/proc", Long.toString(pid), "net");
    }

    /** One process for good. */
    record OfProcess(long pid) implements NamespaceTables {
        public OfProcess {
            if (pid < 1) {
                throw new IllegalArgumentException("process id must be above zero: " + pid);
            }
        }

        @Override
        public Result find() {
            return new Found(folder(pid));
        }

        @Override
        public ProbeResult gone(IOException failure) {
            return new ProbeResult.Broken(
                    Files.exists(Path.of("/proc", Long.toString(pid), "cmdline"))
                            ? "cannot read the listening table of process " + pid + ": " + failure.getMessage()
                            : "process " + pid + " has ended");
        }

        @Override
        public String toString() {
            return "process " + pid;
        }
    }

    /** Whatever process a file names at the moment. */
    record OfPidFile(Path file) implements NamespaceTables {
        @Override
        public Result find() {
            try {
                return new Found(folder(Long.parseLong(Files.readString(file).strip())));
            } catch (IOException | NumberFormatException e) {
                return new Missing(new ProbeResult.NotYet(Cause.NOT_LISTENING, "no process id in " + file + " yet"));
            }
        }

        @Override
        public ProbeResult gone(IOException failure) {
            return new ProbeResult.NotYet(Cause.NOT_LISTENING, "the process named in " + file + " is not there");
        }

        @Override
        public String toString() {
            return "the process named in " + file;
        }
    }
}
