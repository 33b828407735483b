package dev.dormouse.daemon.process;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program of the distribution, run to its end: with bounded time and output, and with an environment of its own, so that neither
 * the engine's inherited sockets (LISTEN_FDS) nor its notification socket reach it. Immutable; each {@code with} makes another.
 *
 * @param command program and arguments. Error messages show them: secrets go through {@link Input} or {@code environment}
 * @param environment added to {@code PATH}, {@code HOME} and {@code LANG}
 * @param timeLimit after which it is killed, with what it started
 * @param outputLimit most bytes that its standard output may have
 */
public record Program(
        List<String> command, Map<String, String> environment, Input input, Duration timeLimit, int outputLimit) {
    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(60);
    private static final int DEFAULT_OUTPUT_LIMIT = 1 << 20;
    private static final int ERROR_LIMIT = 64 << 10;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a program needs a name");
        }
    }

    /** A program without input, 60 seconds and 1 MiB of output at most. */
    public static Program of(String... command) {
        return of(List.of(command));
    }

    /** A program without input, 60 seconds and 1 MiB of output at most. */
    public static Program of(List<String> command) {
        return new Program(command, Map.of(), Input.NONE, DEFAULT_TIME_LIMIT, DEFAULT_OUTPUT_LIMIT);
    }

    /** The same within another time. */
    public Program within(Duration limit) {
        return new Program(command, environment, input, limit, outputLimit);
    }

    /** The same with another input. */
    public Program withInput(Input other) {
        return new Program(command, environment, other, timeLimit, outputLimit);
    }

    /** The same with another bound of its standard output, in bytes. */
    public Program withOutputLimit(int bytes) {
        return new Program(command, environment, input, timeLimit, bytes);
    }

    /** The same with one more variable. */
    public Program with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Program(command, more, input, timeLimit, outputLimit);
    }

    /**
     * Runs it to its end, whatever its exit code. Blocks; killed when the thread is interrupted.
     *
     * @throws EngineException.Failed if it could not be run, took longer than its time, wrote more than its limit, or its input failed
     */
    public Result run() {
        Process process = start();
        try (ProcessStreams streams = new ProcessStreams(process, input, outputLimit, ERROR_LIMIT)) {
            if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineException.Failed(described() + " took longer than " + timeLimit.toMillis() + " ms"
                        + lastWords(streams.error().text()));
            }
            streams.awaitEnd(DRAIN_LIMIT);
            Result result = new Result(
                    this,
                    process.exitValue(),
                    streams.output().bytes(),
                    streams.error().text());
            if (streams.output().overflowed()) {
                throw new EngineException.Failed(described() + " wrote more than " + outputLimit + " bytes");
            }
            // A program that failed did not read its input to the end: its own words say more than the broken pipe.
            if (result.exit() == 0) {
                streams.throwInputFailure(described());
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Failed("interrupted while running " + described(), e);
        } finally {
            kill(process);
        }
    }

    /**
     * Runs it to its end, which must be exit code 0.
     *
     * @throws EngineException.Failed as {@link #run}, and for any other exit code, with the last line of its standard error
     */
    public Result runOrThrow() {
        Result result = run();
        if (result.exit() != 0) {
            throw result.failure();
        }
        return result;
    }

    /** Program and arguments, for messages. */
    String described() {
        return String.join(" ", command);
    }

    private static String lastWords(String error) {
        String line = Result.lastLine(error);
        return line.isEmpty() ? "" : ": " + line;
    }

    private Process start() {
        ProcessBuilder builder = ProgramEnvironment.applyTo(new ProcessBuilder(new ArrayList<>(command)));
        builder.environment().putAll(environment);
        if (input.equals(Input.NONE)) {
            builder.redirectInput(new File("/dev/null"));
        }
        try {
            Failpoints.pass("run", Path.of(command.getFirst()));
            return builder.start();
        } catch (IOException e) {
            throw new EngineException.Failed(
                    "cannot run " + command.getFirst() + ": is it installed? (" + e.getMessage() + ")", e);
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Writes a program's standard input. Called once, on a thread of its own; the stream is closed afterwards. */
    @FunctionalInterface
    public interface Input {
        /** End of file at once. */
        Input NONE = _ -> {};

        /** These bytes. */
        static Input of(byte[] bytes) {
            byte[] copy = bytes.clone();
            return standardInput -> standardInput.write(copy);
        }

        void writeTo(OutputStream standardInput) throws IOException;
    }
}
