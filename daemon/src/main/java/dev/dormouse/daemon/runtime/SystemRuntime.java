package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import dev.dormouse.daemon.health.Health;
import dev.dormouse.daemon.health.HealthFiles;
import dev.dormouse.daemon.health.HealthPlan;
import dev.dormouse.daemon.process.Program;
import dev.dormouse.daemon.process.Result;
import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.spec.Signals;
import dev.dormouse.units.manager.SystemdManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Runs containers with conmon and crun by their unit's scripts, see {@link ContainerRuntime}. */
public final class SystemRuntime implements ContainerRuntime, AutoCloseable {
    /** crun 1.8 and 1.21. */
    private static final Pattern NOT_EXECUTABLE =
            Pattern.compile("open executable: |is not executable|is not a regular file");

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(20);

    private final RuntimePaths paths;
    private final Supervisor supervisor;
    private final Compiler compiler;
    private final RunFiles files;
    private final RestartFiles restarts;
    private final RunWatcher watcher;
    private final ProcKernel kernel = ProcKernel.ofThisMachine();

    private SystemRuntime(RuntimePaths paths, ImageContents images, NetworkFiles network, Supervisor supervisor) {
        this.paths = paths;
        this.supervisor = supervisor;
        this.compiler = new Compiler(paths, images, network, supervisor);
        this.files = new RunFiles(paths);
        this.restarts = new RestartFiles(paths);
        this.watcher = new RunWatcher(paths, files);
    }

    /** Containers as units of systemd. */
    public static SystemRuntime underSystemd(
            RuntimePaths paths, ImageContents images, NetworkFiles network, SystemdManager systemd) {
        return new SystemRuntime(paths, images, network, new SystemdSupervisor(paths, systemd));
    }

    /** Containers without a systemd. */
    public static SystemRuntime direct(RuntimePaths paths, ImageContents images, NetworkFiles network) {
        return new SystemRuntime(paths, images, network, new DirectSupervisor(paths));
    }

    /** Whether systemd is this machine's service manager (sd_booted(3)). */
    public static boolean systemdIsRunning() {
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }

    @Override
    public void compile(ContainerRecord container) {
        compiler.compile(container);
    }

    @Override
    public void start(ContainerRecord container) {
        if (running(container).isPresent()) {
            return;
        }
        refuseForeignUnit(container);
        Optional<Instant> before =
                files.ended(container.id()).map(ended -> ended.exit().finishedAt());
        Supervisor.Outcome outcome = supervisor.start(container);
        if (outcome.started() || running(container).isPresent() || ranSince(container, before)) {
            return;
        }
        String reason = files.startError(container.id()).orElse(outcome.words());
        throw new EngineException.Failed("cannot start container " + container.name() + ": " + forClients(reason));
    }

    @Override
    public void stop(ContainerRecord container, Optional<Integer> timeoutSeconds, Optional<String> signal) {
        if (running(container).isEmpty()) {
            // A clean-up may be under way: when this returns it is over.
            if (restarts(container).isPending()) {
                supervisor.cancelRestart(container);
                restarts.cancel(container.id());
            } else if (files.claim(container.id()).isPresent()) {
                supervisor.stop(container);
            }
            return;
        }
        if (timeoutSeconds.isPresent() || signal.isPresent()) {
            UnitEnvironment own = UnitEnvironment.of(container, "", "");
            writeStop(
                    container,
                    UnitEnvironment.stopText(
                            signal.map(Signals::forShell).orElse(own.stopSignal()),
                            timeoutSeconds.orElse(own.stopTimeoutSeconds())));
        }
        supervisor.stop(container);
    }

    @Override
    public void stopForNow(ContainerRecord container) {
        if (running(container).isPresent()) {
            UnitEnvironment own = UnitEnvironment.of(container, "", "");
            writeStop(
                    container,
                    UnitEnvironment.stopText(own.stopSignal(), own.stopTimeoutSeconds()) + UnitEnvironment.NOT_BY_HAND);
            supervisor.stop(container);
        }
    }

    @Override
    public void kill(ContainerRecord container, String signal) {
        String name = Signals.forShell(signal);
        Running process = running(container)
                .orElseThrow(() -> new EngineException.Conflict("container " + container.name() + " is not running"));
        Result result = Program.of("sh", "-c", "kill -s \"$1\" \"$2\"", "kill", name, Long.toString(process.pid()))
                .run();
        if (result.exit() != 0) {
            running(container).ifPresent(_ -> {
                throw result.failure();
            });
            throw new EngineException.Conflict("container " + container.name() + " is not running");
        }
    }

    @Override
    public void expectKill(ContainerRecord container) {
        if (container.hostConfig().restartPolicy().restarts()
                && running(container).isPresent()) {
            restarts.expectKill(container.id());
        }
    }

    @Override
    public Restarts restarts(ContainerRecord container) {
        return container.hostConfig().restartPolicy().restarts() ? restarts.read(container.id()) : Restarts.NONE;
    }

    @Override
    public boolean restartsByItself() {
        return supervisor.restartsByItself();
    }

    @Override
    public void leaveUnit(ContainerRecord container) {
        refuseRunning(container);
        supervisor.forget(container);
    }

    @Override
    public void connect(ContainerRecord container) {
        if (awaitStart(container).isPresent()) {
            new LiveNetworks(paths).apply(container);
        }
    }

    /** A start that is under way may have read the networks before they changed; a start to come reads them as they are now. */
    private Optional<Running> awaitStart(ContainerRecord container) {
        long deadline = System.nanoTime() + START.toNanos();
        Optional<Running> run = running(container);
        while (run.isEmpty() && files.claim(container.id()).isPresent()) {
            if (System.nanoTime() >= deadline) {
                throw new EngineException.Failed("cannot change the networks of container " + container.name() + ": "
                        + container.unit() + " has been starting or cleaning up for " + START.toSeconds()
                        + " s; try again when it runs or has ended");
            }
            LockSupport.parkNanos(STEP.toNanos());
            run = running(container);
        }
        return run;
    }

    @Override
    public void discard(ContainerRecord container) {
        refuseRunning(container);
        supervisor.forget(container);
        supervisor.unconfigure(container);
        compiler.uncompile(container);
        new Remains(paths).remove(container.id());
    }

    @Override
    public Optional<Running> running(ContainerRecord container) {
        return files.running(container.id());
    }

    @Override
    public Optional<Health> health(ContainerRecord container) {
        if (HealthPlan.of(container.config().healthcheck(), container.config().labels())
                .isEmpty()) {
            return Optional.empty();
        }
        HealthFiles health = new HealthFiles(paths.runFolder(container.id()));
        return running(container)
                .map(run -> health.of(run.startedAt()).orElse(Health.UNKNOWN))
                .or(() -> health.ofLastRun().map(Health::ofStopped));
    }

    @Override
    public Optional<Exit> lastExit(ContainerRecord container) {
        return running(container).isPresent()
                ? Optional.empty()
                : files.ended(container.id()).map(RunFiles.Ended::exit);
    }

    @Override
    public boolean isFrozen(ContainerRecord container) {
        return running(container).filter(run -> kernel.isFrozen(run.pid())).isPresent();
    }

    @Override
    public Observation observation() {
        return new SystemObservation(paths, supervisor, kernel);
    }

    @Override
    public RunRepair repair() {
        return new SystemRunRepair(paths, supervisor);
    }

    @Override
    public Subscription watch(Consumer<Change> listener) {
        return watcher.watch(listener);
    }

    @Override
    public void close() {
        watcher.close();
    }

    private void refuseRunning(ContainerRecord container) {
        if (running(container).isPresent()) {
            throw new EngineException.Conflict("container " + container.name() + " is running: stop it first");
        }
    }

    /** A container that was renamed runs on under its old unit, which another container of that name would find active. */
    private void refuseForeignUnit(ContainerRecord container) {
        files.claimed(container.unitName())
                .filter(id -> !id.equals(container.id().value()))
                .ifPresent(id -> {
                    throw new EngineException.Conflict("cannot start container " + container.name() + ": "
                            + container.unit() + " still runs container " + id.substring(0, 12)
                            + ", which had this name when it was started; stop that first");
                });
    }

    /** A process that ended at once has been started all the same. */
    private boolean ranSince(ContainerRecord container, Optional<Instant> before) {
        return files.ended(container.id())
                .filter(ended -> ended.pid() != 0)
                .filter(ended -> !Optional.of(ended.exit().finishedAt()).equals(before))
                .isPresent();
    }

    /** The docker client gives exit codes 126 and 127 by these words, which Go has in lower case and crun has others for. */
    private static String forClients(String reason) {
        boolean notExecutable = NOT_EXECUTABLE.matcher(reason).find();
        return reason.replace("No such file or directory", "no such file or directory")
                .replace("Permission denied", "permission denied")
                .replace("Operation not permitted", notExecutable ? "permission denied" : "operation not permitted");
    }

    private void writeStop(ContainerRecord container, String text) {
        Path file = paths.runFolder(container.id()).resolve("stop.env");
        try {
            Failpoints.pass("write", file);
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
