package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ExecProcess;
import dev.dormouse.daemon.runtime.RuntimePaths;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Execs by {@code crun exec}, a child of the engine's for as long as the process runs, which is in its container's cgroup from the first
 * moment. Sessions end with the engine, but for those that nobody is attached to.
 */
public final class CrunExecs implements ExecRuntime, AutoCloseable {
    private final RuntimePaths paths;
    private final ExecProcess document;
    private final ContainerFreezer freezer;
    private final Set<RunningExec> attached = ConcurrentHashMap.newKeySet();

    private CrunExecs(RuntimePaths paths) {
        this.paths = paths;
        this.document = new ExecProcess(paths);
        this.freezer = ContainerFreezer.of(paths);
    }

    /**
     * Those of this machine; clears up what an earlier engine left of its own.
     *
     * @throws EngineException.Failed if that cannot be
     */
    public static CrunExecs in(RuntimePaths paths) {
        new LeftSessions(paths).sweep();
        return new CrunExecs(paths);
    }

    @Override
    public void requireUser(ContainerRecord container, ExecConfig exec) {
        document.requireUser(container, exec);
    }

    @Override
    public boolean isPaused(ContainerRecord container) {
        return freezer.isPaused(container.id());
    }

    @Override
    public ExecStart start(ContainerRecord container, String id, ExecConfig exec, Optional<TerminalSize> size) {
        // A terminal hangs up when the engine is gone.
        boolean outlives = exec.attached().equals(ExecConfig.Attached.NONE) && !exec.terminal();
        ExecFiles files = ExecFiles.of(paths, container.id(), id, outlives);
        String json = document.json(container, exec, size);
        files.open();
        ExecStart start;
        try {
            // The session first: who freezes looks for one afterwards, so one of the two sees the other.
            freezer.thaw(container.id());
            files.writeProcess(json);
            start = new CrunStart(paths, container, files).begin(id, exec, outlives);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
        return switch (start) {
            case ExecStart.Refused refused -> {
                files.close();
                yield refused;
            }
            case ExecStart.Running running -> {
                files.started();
                attached.removeIf(RunningExec::hasEnded);
                if (!outlives) {
                    boolean _ = attached.add(running.process());
                }
                yield running;
            }
        };
    }

    /** Kills what clients are attached to. */
    @Override
    public void close() {
        attached.forEach(RunningExec::kill);
    }
}
