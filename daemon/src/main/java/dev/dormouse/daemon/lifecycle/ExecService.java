package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.exec.ExecRuntime;
import dev.dormouse.daemon.exec.ExecStart;
import dev.dormouse.daemon.exec.RunningExec;
import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code docker exec}: each process has a thread that waits for it, which no client's going away interrupts. */
public final class ExecService implements Execs {
    private static final Logger LOG = LoggerFactory.getLogger(ExecService.class);
    /** As long as dockerd keeps an ended one at least. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final Duration START = Duration.ofSeconds(10);
    private static final int REFUSED = 126;

    private final ContainerIndex index;
    private final CurrentState state;
    private final ExecRuntime runtime;
    private final ContainerEvents events;
    private final Map<String, ExecEntry> execs = new ConcurrentHashMap<>();

    ExecService(ContainerIndex index, CurrentState state, ExecRuntime runtime, ContainerEvents events) {
        this.index = index;
        this.state = state;
        this.runtime = runtime;
        this.events = events;
    }

    @Override
    public String create(String reference, ExecConfig config) {
        ContainerEntry container = index.usable(reference);
        requireRunning(container);
        runtime.requireUser(container.record(), config);
        forgetOld();
        ExecEntry exec = new ExecEntry(ContainerId.random().value(), container, config);
        execs.put(exec.id(), exec);
        events.execCreated(container.record(), exec.id(), config.command());
        return exec.id();
    }

    @Override
    public void requireStartable(String id) {
        ExecEntry exec = get(id);
        requireRunning(exec.container());
        exec.requireFresh();
    }

    @Override
    public void attach(String id, Optional<TerminalSize> size, InputStream input, RunningExec.Output output)
            throws InterruptedException {
        ExecEntry exec = claim(id);
        ExecOutput shown = new ExecOutput(exec, output);
        CompletableFuture<ExecStart> started = begin(exec, exec.config(), size, shown);
        CompletableFuture<Void> _ = started.handle((start, failure) -> switch (start) {
                    case null -> words(String.valueOf(failure.getMessage()));
                    case ExecStart.Refused refused -> words(message(refused));
                    case ExecStart.Running(RunningExec process) -> {
                        Thread.ofPlatform()
                                .name("exec-input")
                                .daemon()
                                .start(() ->
                                        new ExecInput(exec.config(), input).pump(process, () -> leave(exec, shown)));
                        yield new byte[0];
                    }
                })
                .thenAccept(words -> shown.write(LogEntry.Stream.STDOUT, words));
        try {
            exec.awaitRelease();
        } catch (InterruptedException e) {
            shown.stop();
            exec.abandon();
            throw e;
        }
    }

    /** The client has typed the keys. */
    private void leave(ExecEntry exec, ExecOutput shown) {
        shown.stop();
        events.execDetached(exec.container().record(), exec.id());
        exec.release();
    }

    /** As dockerd: the stream has begun, so what went wrong comes in it. */
    private static byte[] words(String message) {
        return (message + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String message(ExecStart.Refused refused) {
        return "OCI runtime exec failed: exec failed: " + refused.reason();
    }

    @Override
    public void detach(String id, Optional<TerminalSize> size) {
        ExecEntry exec = claim(id);
        ExecConfig alone = exec.config().with(ExecConfig.Attached.NONE);
        CompletableFuture<ExecStart> started = begin(exec, alone, size, RunningExec.Output.NONE);
        try {
            if (started.join() instanceof ExecStart.Refused refused) {
                throw new EngineException.InvalidParameter(message(refused));
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException known
                    ? known
                    : new EngineException.Failed("exec " + id + " could not be started: " + e.getCause(), e);
        }
    }

    /** Starts it on a thread of its own, which then waits for its end. */
    private CompletableFuture<ExecStart> begin(
            ExecEntry exec, ExecConfig config, Optional<TerminalSize> size, RunningExec.Output output) {
        CompletableFuture<ExecStart> started = new CompletableFuture<>();
        ContainerRecord container = exec.container().record();
        events.execStarted(container, exec.id(), config.command());
        Thread.ofPlatform().name("exec-" + exec.id().substring(0, 12)).daemon().start(() -> {
            int code = REFUSED;
            try {
                ExecStart start = runtime.start(container, exec.id(), config, size.or(config::size));
                switch (start) {
                    case ExecStart.Running(RunningExec process) -> {
                        exec.started(process);
                        started.complete(start);
                        code = process.await(output);
                    }
                    case ExecStart.Refused refused -> {
                        code = refused.exitCode();
                        started.complete(start);
                    }
                }
            } catch (RuntimeException e) {
                LOG.error("exec {} in container {} failed: {}", exec.id(), container.name(), e.getMessage());
                started.completeExceptionally(e);
            } finally {
                exec.ended(code);
                try {
                    // Before the client knows: who asks for the events when it is done finds this one.
                    events.execDied(container, exec.id(), code);
                } finally {
                    exec.release();
                }
            }
        });
        return started;
    }

    @Override
    public void resize(String id, TerminalSize size) throws InterruptedException {
        ExecEntry exec = get(id);
        if (!exec.config().terminal()) {
            throw new EngineException.InvalidParameter("exec " + id + " has no terminal to resize");
        }
        RunningExec process = exec.awaitProcess(START)
                .filter(_ -> !exec.hasEnded())
                .orElseThrow(() -> new EngineException.InvalidParameter("exec process is not started: " + id));
        process.resize(size);
    }

    @Override
    public State inspect(String id) {
        return get(id).state();
    }

    @Override
    public List<String> of(ContainerId container) {
        return execs.values().stream()
                .filter(exec -> exec.container().id().equals(container) && !exec.hasEnded())
                .map(ExecEntry::id)
                .sorted()
                .toList();
    }

    /** Whether the engine is needed for one. */
    public boolean isAnyRunning() {
        return execs.values().stream().anyMatch(ExecEntry::isRunning);
    }

    private ExecEntry claim(String id) {
        requireStartable(id);
        ExecEntry exec = get(id);
        exec.claim();
        return exec;
    }

    private ExecEntry get(String id) {
        ExecEntry exec = execs.get(id);
        if (exec == null) {
            throw new EngineException.NotFound("No such exec instance: " + id);
        }
        if (exec.container().isRemoved()) {
            throw ContainerIndex.noSuchContainer(exec.container().id().value());
        }
        return exec;
    }

    private void requireRunning(ContainerEntry container) {
        String id = container.id().value();
        if (!state.isRunning(container)) {
            throw new EngineException.Conflict(
                    state.isRestarting(container)
                            ? "Container " + id + " is restarting, wait until the container is running"
                            : "container " + id + " is not running");
        }
        if (runtime.isPaused(container.record())) {
            throw new EngineException.Conflict("Container " + id + " is paused, unpause the container before exec");
        }
    }

    /** Ended ones after a while, and those that were never started and cannot be any more. */
    private void forgetOld() {
        execs.values()
                .removeIf(exec -> exec.endedBefore(KEPT)
                        || exec.container().isRemoved()
                        || (!exec.isRunning() && !exec.hasEnded() && !state.isRunning(exec.container())));
    }
}
