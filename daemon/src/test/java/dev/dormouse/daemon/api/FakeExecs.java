package dev.dormouse.daemon.api;

import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.exec.RunningExec;
import dev.dormouse.daemon.lifecycle.Execs;
import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One exec, of the container {@code web}, which tells what it was given. */
final class FakeExecs implements Execs {
    static final String ID = "e".repeat(64);
    private static final ContainerId CONTAINER = new ContainerId("c".repeat(64));

    volatile Optional<ExecConfig> created = Optional.empty();
    volatile Optional<TerminalSize> size = Optional.empty();
    volatile boolean detached;
    volatile boolean ended;
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public String create(String container, ExecConfig config) {
        if (!container.equals("web")) {
            throw new EngineException.NotFound("No such container: " + container);
        }
        created = Optional.of(config);
        return ID;
    }

    @Override
    public void requireStartable(String exec) {
        if (!exec.equals(ID)) {
            throw new EngineException.NotFound("No such exec instance: " + exec);
        }
        if (ended) {
            throw new EngineException.Conflict("exec command " + exec + " has already run");
        }
    }

    @Override
    public void attach(String exec, Optional<TerminalSize> wanted, InputStream input, RunningExec.Output output)
            throws InterruptedException {
        size = wanted;
        output.write(LogEntry.Stream.STDOUT, "begun".getBytes(StandardCharsets.UTF_8));
        try {
            String typed = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            if (typed.equals("wait")) {
                awaitGone();
            }
            output.write(LogEntry.Stream.STDERR, typed.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        ended = true;
    }

    private void awaitGone() throws InterruptedException {
        try {
            TimeUnit.SECONDS.sleep(30);
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    @Override
    public void detach(String exec, Optional<TerminalSize> wanted) {
        detached = true;
    }

    @Override
    public void resize(String exec, TerminalSize wanted) {
        size = Optional.of(wanted);
    }

    @Override
    public State inspect(String exec) {
        requireStartable(exec);
        return new State(ID, CONTAINER, created.orElseThrow(), false, OptionalInt.of(7), 42);
    }

    @Override
    public List<String> of(ContainerId container) {
        return List.of();
    }
}
