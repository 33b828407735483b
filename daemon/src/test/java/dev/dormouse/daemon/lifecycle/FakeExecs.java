package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.exec.ExecRuntime;
import dev.dormouse.daemon.exec.ExecStart;
import dev.dormouse.daemon.exec.RunningExec;
import dev.dormouse.daemon.log.LogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Processes in memory: each echoes its standard input and ends with it, or when it is hung up or killed. */
public final class FakeExecs implements ExecRuntime {
    /** The last that was started. */
    public final LinkedBlockingQueue<Echo> running = new LinkedBlockingQueue<>();

    public volatile boolean paused;
    public volatile Optional<ExecStart.Refused> refusal = Optional.empty();

    @Override
    public void requireUser(ContainerRecord container, ExecConfig exec) {
        if (exec.user().equals("nobody-of-that-name")) {
            throw new EngineException.InvalidParameter("unable to find user " + exec.user());
        }
    }

    @Override
    public boolean isPaused(ContainerRecord container) {
        return paused;
    }

    @Override
    public ExecStart start(ContainerRecord container, String id, ExecConfig exec, Optional<TerminalSize> size) {
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Echo process = new Echo();
        running.add(process);
        return new ExecStart.Running(process);
    }

    /** One process. */
    public static final class Echo implements RunningExec {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> end = new CompletableFuture<>();
        public volatile Optional<TerminalSize> size = Optional.empty();

        public void end(int code) {
            end.complete(code);
        }

        public synchronized String taken() {
            return taken.toString(StandardCharsets.UTF_8);
        }

        @Override
        public long pid() {
            return 4711;
        }

        @Override
        public synchronized boolean write(byte[] bytes, int length) {
            taken.write(bytes, 0, length);
            return true;
        }

        @Override
        public void endInput() {
            end.complete(0);
        }

        @Override
        public void resize(TerminalSize wanted) {
            size = Optional.of(wanted);
        }

        @Override
        public int await(Output output) {
            int code = end.join();
            output.write(LogEntry.Stream.STDOUT, taken().getBytes(StandardCharsets.UTF_8));
            output.write(LogEntry.Stream.STDERR, "done".getBytes(StandardCharsets.UTF_8));
            return code;
        }

        @Override
        public void hangUp() {
            end.complete(129);
        }

        @Override
        public boolean hasEnded() {
            return end.isDone();
        }

        @Override
        public void kill() {
            end.complete(137);
        }
    }
}
