package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A process that runs as the child of a {@code crun exec}, which passes signals on to it and ends with its exit code. */
final class CrunSession implements RunningExec {
    /** dockerd's: as long as what it left running may keep its output open. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final Duration AFTER_HANG_UP = Duration.ofSeconds(10);

    private final Process crun;
    private final long pid;
    /** Absent: it had ended before it was looked for. */
    private final Optional<ProcessHandle> process;

    private final ExecFiles files;
    private final ExecStreams streams;
    private final boolean terminal;

    CrunSession(Process crun, long pid, ExecFiles files, ExecStreams streams, boolean terminal) {
        this.crun = crun;
        this.pid = pid;
        this.process = ProcessHandle.of(pid);
        this.files = files;
        this.streams = streams;
        this.terminal = terminal;
        CompletableFuture<Void> _ = crun.onExit().thenRunAsync(streams::end, after(LAST_WORDS));
    }

    private static Executor after(Duration time) {
        return CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean write(byte[] bytes, int length) {
        return streams.write(bytes, length);
    }

    @Override
    public void endInput() {
        if (!terminal) {
            streams.endInput();
        }
    }

    @Override
    public void resize(TerminalSize size) {
        if (terminal) {
            streams.resize(size.rows(), size.columns());
        }
    }

    @Override
    public int await(Output output) {
        try {
            streams.readAll(output);
            if (terminal) {
                streams.close(); // now the kernel sends SIGHUP, if somebody is left (pty(7))
            }
            int code = crun.waitFor();
            streams.close();
            files.close();
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Failed("interrupted while exec " + files.session() + " runs", e);
        }
    }

    @Override
    public void hangUp() {
        if (terminal) {
            streams.end();
        } else {
            crun.destroy();
        }
        CompletableFuture<Void> _ = CompletableFuture.runAsync(this::kill, after(AFTER_HANG_UP));
    }

    @Override
    public boolean hasEnded() {
        return !crun.isAlive();
    }

    @Override
    public void kill() {
        // The process, not crun: that tells then how it ended.
        if (crun.isAlive()) {
            process.ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
