package dev.dormouse.waitport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A running command: what it prints is drained so that it never blocks, and only the end of it kept. */
final class ChildCommand implements AutoCloseable {
    private static final int KEPT = 4 * 1024;
    private static final int LONGEST_LINE = 200;
    private static final long DRAIN_NANOS = Duration.ofMillis(10).toNanos();

    private final Process process;
    private final InputStream output;
    private final byte[] kept = new byte[KEPT];
    private int count;

    private ChildCommand(Process process) {
        this.process = process;
        this.output = process.getInputStream();
    }

    static ChildCommand start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        // What systemd tells a service is for that process alone: sd_listen_fds(3), sd_notify(3),
        // sd_watchdog_enabled(3).
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("LISTEN_")
                        || name.startsWith("WATCHDOG_")
                        || name.equals("NOTIFY_SOCKET")
                        || name.equals("FDSTORE"));
        return new ChildCommand(builder.start());
    }

    /**
     * The exit status, or empty when the time was over first. Reads the output between short waits rather than in a
     * thread: a grandchild may keep the pipe open for ever.
     */
    Optional<Integer> await(Deadline deadline) throws InterruptedException, IOException {
        while (!process.waitFor(Math.min(DRAIN_NANOS, deadline.nanosLeft()), TimeUnit.NANOSECONDS)) {
            if (deadline.over()) {
                return Optional.empty();
            }
            drain();
        }
        drain();
        return Optional.of(process.exitValue());
    }

    /** The last line that the command printed, after a colon; empty if it printed none. */
    String lastLine() {
        String text = new String(kept, 0, count, UTF_8).strip();
        String line = text.substring(text.lastIndexOf('\n') + 1);
        line = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
        return line.isEmpty() ? "" : ": " + line.replaceAll("\\p{Cntrl}", "?");
    }

    private void drain() throws IOException {
        // Bounded, so that a command which prints without end cannot hold this thread past its time.
        int most = 256 * 1024;
        while (most > 0 && output.available() > 0) {
            if (count == KEPT) {
                System.arraycopy(kept, KEPT / 2, kept, 0, KEPT / 2);
                count = KEPT / 2;
            }
            int read = output.read(kept, count, Math.min(KEPT - count, output.available()));
            if (read < 0) {
                return;
            }
            count += read;
            most -= read;
        }
    }

    /** Kills what still runs, children first: a killed parent would hide them. */
    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        output.close();
    }
}
