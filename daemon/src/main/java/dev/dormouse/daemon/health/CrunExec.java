package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.waitport.DurationText;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code crun exec}: the command joins the container's namespaces and cgroup, and is given what the container's bundle says of user,
 * working directory, environment and capabilities.
 */
final class CrunExec implements Exec {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration KILLED = Duration.ofSeconds(5);
    /** Of what a command writes without end, in one step; it fills its pipe and waits for the next. */
    private static final int MOST_A_STEP = 1 << 20;

    private final List<String> prefix;

    CrunExec(List<String> prefix) {
        this.prefix = List.copyOf(prefix);
    }

    /**
     * What runs a command in a container, before the command itself. Of what the bundle says, crun does all but the working directory.
     *
     * @throws EngineException.Failed if the container's bundle cannot be read
     */
    static List<String> prefix(ProberPaths paths, String id) {
        Path bundle = paths.bundle(id);
        try {
            String cwd = JsonMapper.shared()
                    .readTree(Files.readString(bundle))
                    .path("process")
                    .path("cwd")
                    .asString("/");
            return List.of("crun", "--root=" + paths.run().resolve("crun"), "exec", "--cwd=" + cwd, id);
        } catch (IOException | JacksonException e) {
            throw new EngineException.Failed("cannot read " + bundle + ": " + e.getMessage(), e);
        }
    }

    @Override
    public HealthResult run(List<String> command, Duration limit) throws InterruptedException {
        Instant start = Instant.now();
        FirstBytes output = new FirstBytes();
        Process process;
        try {
            process = start(command);
        } catch (IOException e) {
            return new HealthResult(start, Instant.now(), HealthResult.NOT_ENDED, "cannot run crun: " + e.getMessage());
        }
        try (InputStream stream = process.getInputStream()) {
            boolean ended = await(process, stream, output, System.nanoTime() + limit.toNanos());
            if (ended) {
                return new HealthResult(start, Instant.now(), process.exitValue(), output.text());
            }
            kill(process);
            process.waitFor(KILLED);
            String text = output.text();
            return new HealthResult(
                    start,
                    Instant.now(),
                    HealthResult.NOT_ENDED,
                    "Health check exceeded timeout (" + DurationText.format(limit) + ")"
                            + (text.isEmpty() ? "" : ": " + text));
        } catch (IOException e) {
            return new HealthResult(
                    start, Instant.now(), HealthResult.NOT_ENDED, "cannot read its output: " + e.getMessage());
        } finally {
            kill(process);
        }
    }

    private Process start(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).directory(new File("/"));
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        Process process = builder.start();
        // A pipe that has ended, as crun gives a device to the container's user, and /dev/null is the machine's.
        process.getOutputStream().close();
        return process;
    }

    /** Whether it ended in time. Reads between short waits rather than in a thread: what it left running may hold the pipe for ever. */
    private static boolean await(Process process, InputStream stream, FirstBytes output, long deadline)
            throws InterruptedException, IOException {
        while (!process.waitFor(Math.min(STEP.toNanos(), deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            drain(stream, output);
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
        }
        drain(stream, output);
        return true;
    }

    private static void drain(InputStream stream, FirstBytes output) throws IOException {
        byte[] block = new byte[FirstBytes.MOST];
        int most = MOST_A_STEP;
        while (most > 0 && stream.available() > 0) {
            int count = stream.read(block, 0, Math.min(block.length, stream.available()));
            if (count < 0) {
                return;
            }
            output.add(block, count);
            most -= count;
        }
    }

    /** The command in the container is a child of crun's: killed first, since a killed parent would hide it. */
    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
