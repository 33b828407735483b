package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import dev.dormouse.daemon.process.Program;
import dev.dormouse.daemon.process.Result;
import dev.dormouse.daemon.reconcile.Observed;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine runs the plan itself, where there is no systemd. conmon does not end with the engine, and runs the clean-up itself, so a
 * container that ends while the engine is away leaves nothing either.
 */
final class DirectSupervisor implements Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(DirectSupervisor.class);
    /** More than the longest wait before a restart. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    /** crun 1.8 loads a device filter only with it. */
    private static final int CAP_SYS_RESOURCE = 24;

    private final UnitPlan plan;
    private final AtomicBoolean warned = new AtomicBoolean();

    DirectSupervisor(RuntimePaths paths) {
        this.plan = new UnitPlan(paths, true);
    }

    @Override
    public Outcome start(ContainerRecord container) {
        String name = container.unitName();
        if (container.hostConfig().restartPolicy().restarts()) {
            program(UnitPlan.Step.MAY_START, name).within(LONGEST_WAIT).runOrThrow();
        }
        Result prepared = program(UnitPlan.Step.PREPARE, name).run();
        if (prepared.exit() != 0) {
            clean(name);
            return new Outcome(false, prepared.reason());
        }
        Process conmon = run(container);
        // It ends with exit 0 or with the container's code: nothing to say. It is cleaned up after even if it was
        // killed.
        var _ = conmon.onExit().thenRun(() -> Thread.startVirtualThread(() -> cleanLogging(name)));
        Result started;
        try {
            started = program(UnitPlan.Step.START, name).run();
        } catch (EngineException e) {
            conmon.destroyForcibly();
            clean(name);
            throw e;
        }
        if (started.exit() != 0) {
            conmon.destroyForcibly();
            clean(name);
        }
        return new Outcome(started.exit() == 0, started.reason());
    }

    @Override
    public void stop(ContainerRecord container) {
        String name = container.unitName();
        Result stopped = program(UnitPlan.Step.STOP, name).within(FOR_EVER).run();
        // Waits for conmon's own clean-up, which has the lock, or does what that could not.
        clean(name);
        if (stopped.exit() != 0) {
            throw new EngineException.Failed(stopped.reason());
        }
    }

    @Override
    public void forget(ContainerRecord container) {
        clean(container.unitName());
    }

    /** The engine's own start does not outlive it, so what has no conmon is over. */
    @Override
    public Observed.Unit state(String unit, ContainerId container) {
        return new RunFiles(plan.paths()).conmon(container).isPresent() ? Observed.Unit.ACTIVE : Observed.Unit.GONE;
    }

    @Override
    public boolean leavesUnitsToSystemd() {
        return false;
    }

    @Override
    public void configure(ContainerRecord container) {
        // unit.env says it all: the engine restarts its containers itself.
    }

    @Override
    public void unconfigure(ContainerRecord container) {
        // Nothing was made.
    }

    @Override
    public void cancelRestart(ContainerRecord container) {
        clean(container.unitName());
    }

    @Override
    public boolean restartsByItself() {
        return false;
    }

    @Override
    public String cgroup(ContainerRecord container) {
        return "/dormouse/" + container.id();
    }

    @Override
    public boolean leavesDevicesToRuntime() {
        boolean able = (Machine.capabilities() >> CAP_SYS_RESOURCE & 1) != 0;
        if (!able && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "devices are not filtered: without CAP_SYS_RESOURCE crun cannot, and there is no systemd to do it");
        }
        return able;
    }

    private Program program(UnitPlan.Step step, String name) {
        return plan.program(step, name);
    }

    /** container-run becomes conmon, which takes itself out of our session. */
    private Process run(ContainerRecord container) {
        Program program = program(UnitPlan.Step.RUN, container.unitName());
        ProcessBuilder builder = new ProcessBuilder(program.command());
        builder.environment().clear();
        builder.environment().putAll(program.environment());
        builder.directory(new File("/"));
        builder.redirectInput(new File("/dev/null"));
        File errors =
                plan.paths().runFolder(container.id()).resolve("conmon.log").toFile();
        builder.redirectErrorStream(true).redirectOutput(errors);
        try {
            Failpoints.pass("run", Path.of(program.command().getFirst()));
            return builder.start();
        } catch (IOException e) {
            clean(container.unitName());
            throw new EngineException.Failed("cannot run " + program.command().getFirst() + ": " + e.getMessage(), e);
        }
    }

    private void clean(String name) {
        if (Files.exists(plan.paths().claimed(name))) {
            program(UnitPlan.Step.CLEAN, name).within(Duration.ofMinutes(2)).runOrThrow();
        }
    }

    private void cleanLogging(String name) {
        try {
            clean(name);
        } catch (EngineException e) {
            LOG.error("{}", e.getMessage());
        }
    }
}
