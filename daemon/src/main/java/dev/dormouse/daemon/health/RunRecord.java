package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes known what was found out about one run of a container. Used by that run's threads; writes nothing once the run is over. */
final class RunRecord implements HealthSink {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);

    private final ProberPaths paths;
    private final ProbeRequest request;
    private final ContainerRun run;
    private final UnhealthyAction unhealthy;
    private final Recovery recovery;

    RunRecord(ProberPaths paths, ProbeRequest request, ContainerRun run, UnhealthyAction unhealthy, Recovery recovery) {
        this.paths = paths;
        this.request = request;
        this.run = run;
        this.unhealthy = unhealthy;
        this.recovery = recovery;
    }

    @Override
    public Optional<Health> last() {
        return files().of(run.startedAt());
    }

    @Override
    public void begins(Health health) {
        write(health);
    }

    @Override
    public void changed(Health before, Health after, Instant at) {
        if (write(after) && before.status() != after.status()) {
            LOG.info("container {} is {}", request.name(), after.status().word());
            paths.changes().tell(new HealthChanges.Change(request.id(), at, after.status()));
            if (after.status() == HealthStatus.UNHEALTHY) {
                recovery.begin(unhealthy, request.name(), request.id());
            }
        }
    }

    @Override
    public void ready() {
        ready(paths.runFolder(request.id()).resolve("ready"));
    }

    /** What one service of the container waits for, which is not its health, has been seen. */
    void ready(String service) {
        ready(paths.runFolder(request.id()).resolve("ready-" + service));
    }

    /** The activator looks for this file. It says of which run it is, as {@code started} does. */
    private void ready(Path file) {
        attempt(() -> RunFile.write(file, "STARTED=" + run.startedNanos() + "\n"));
    }

    private boolean write(Health health) {
        return attempt(() -> files().write(run.startedAt(), health));
    }

    private HealthFiles files() {
        return new HealthFiles(paths.runFolder(request.id()));
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Whether it was done, because the run goes on. */
    private boolean attempt(Step step) {
        if (isOver()) {
            return false;
        }
        try {
            step.run();
            return true;
        } catch (IOException e) {
            if (isOver()) {
                return false;
            }
            throw new EngineException.Failed(
                    "cannot write to " + paths.runFolder(request.id()) + ": " + e.getMessage(), e);
        }
    }

    /** The clean-up takes the request away first of all. */
    private boolean isOver() {
        return !Files.exists(paths.probes().resolve(request.name()));
    }
}
