package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import dev.dormouse.daemon.process.ProgramEnvironment;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.units.libc.LibcException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The way from files to a process that runs, or to what crun has against it. */
record CrunStart(RuntimePaths paths, ContainerRecord container, ExecFiles files) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** crun writes the PID just before it executes the command, and nothing tells. */
    private static final long STEP_MILLIS = 2;

    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;

    /** Blocks a platform thread. */
    ExecStart begin(String id, ExecConfig exec, boolean outlives) {
        ExecStreams streams = ExecStreams.none();
        Optional<Process> crun = Optional.empty();
        ExecStart start = new ExecStart.Refused(NOT_EXECUTABLE, "it was not started");
        try {
            crun = Optional.of(exec.terminal() ? withTerminal(streams) : withPipes(id, exec, outlives, streams));
            OptionalLong pid = awaitStart(crun.get());
            start = pid.isPresent()
                    ? new ExecStart.Running(
                            new CrunSession(crun.get(), pid.getAsLong(), files, streams, exec.terminal()))
                    : refused();
            return start;
        } catch (IOException | LibcException e) {
            throw new EngineException.Failed(
                    "cannot run crun exec in container " + container.name() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Failed("interrupted while an exec was started in " + container.name(), e);
        } finally {
            if (start instanceof ExecStart.Refused) {
                crun.ifPresent(CrunStart::kill);
                close(streams);
            }
        }
    }

    private static void close(ExecStreams streams) {
        try {
            streams.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Process withTerminal(ExecStreams streams) throws IOException {
        try (ExecTerminal socket = new ExecTerminal(files)) {
            Process crun = spawn(builder("--console-socket=" + files.terminal())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD));
            CompletableFuture<Void> _ = crun.onExit().thenRun(socket::giveUp);
            socket.take(streams.wake()).ifPresent(streams::terminal);
            return crun;
        }
    }

    private Process withPipes(String id, ExecConfig exec, boolean outlives, ExecStreams streams) throws IOException {
        if (outlives) {
            Path folder =
                    paths.state().resolve("containers").resolve(container.id().value());
            try (NullDevice none = NullDevice.in(folder, id)) {
                File file = none.path().toFile();
                return spawn(builder().redirectInput(file).redirectOutput(file).redirectError(file));
            }
        }
        streams.pipes(files, exec.attached().stdin());
        ProcessBuilder builder = builder()
                .redirectOutput(files.stdout().toFile())
                .redirectError(files.stderr().toFile());
        if (exec.attached().stdin()) {
            builder.redirectInput(files.stdin().toFile());
        }
        return spawn(builder);
    }

    private ProcessBuilder builder(String... options) {
        List<String> command = new ArrayList<>(List.of(
                "crun",
                "--root=" + paths.run().resolve("crun"),
                "--log=file:" + files.log(),
                "exec",
                "--process=" + files.process(),
                "--pid-file=" + files.session()));
        command.addAll(List.of(options));
        command.add(container.id().value());
        return ProgramEnvironment.applyTo(new ProcessBuilder(command));
    }

    /** Where its input is nobody's, it is a pipe that has ended. */
    private static Process spawn(ProcessBuilder builder) throws IOException {
        Failpoints.pass("run", "crun");
        Process crun = builder.start();
        crun.getOutputStream().close();
        return crun;
    }

    /** The process's number; empty if crun has given up. */
    private OptionalLong awaitStart(Process crun) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean ended = false;
        while (true) {
            OptionalLong pid = files.pid();
            if (pid.isPresent() || ended) {
                return pid;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new EngineException.Failed("crun exec took longer than " + PATIENCE.toSeconds()
                        + " s to start a process in container " + container.name());
            }
            ended = crun.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private ExecStart.Refused refused() {
        String words = files.complaint();
        String lower = words.toLowerCase(Locale.ROOT);
        boolean missing = lower.contains("not found") || lower.contains("no such file");
        return new ExecStart.Refused(
                missing ? NOT_FOUND : NOT_EXECUTABLE, words.isEmpty() ? "crun ended without a word" : words);
    }

    /** What it has started is its child: killed first, since a killed parent would hide it. */
    private static void kill(Process crun) {
        if (crun.isAlive()) {
            crun.descendants().forEach(ProcessHandle::destroyForcibly);
            crun.destroyForcibly();
        }
    }
}
