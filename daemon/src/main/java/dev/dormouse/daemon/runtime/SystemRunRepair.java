package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Repairs runs by the unit's own scripts. */
final class SystemRunRepair implements RunRepair {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final RuntimePaths paths;
    private final RunFiles files;
    private final Supervisor supervisor;

    SystemRunRepair(RuntimePaths paths, Supervisor supervisor) {
        this.paths = paths;
        this.files = new RunFiles(paths);
        this.supervisor = supervisor;
    }

    @Override
    public void tearDown(ContainerRecord container) {
        supervisor.forget(container);
    }

    /** A namespace's file in /proc, bound somewhere, keeps it and names it (namespaces(7)). */
    @Override
    public void bindNamespace(ContainerRecord container) {
        ContainerId id = container.id();
        Path name = paths.networkNamespace(id);
        long pid = files.running(id)
                .orElseThrow(() -> new EngineException.Conflict("container " + container.name() + " is not running"))
                .pid();
        try {
            Files.createDirectories(name.getParent());
            if (!Files.exists(name)) {
                Files.createFile(name);
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make " + name + ": " + e.getMessage(), e);
        }
        Program.of("mount", "--bind", "/proc/" + pid + "/ns/net", name.toString())
                .runOrThrow();
    }

    @Override
    public void tearDownOrphan(ContainerId id) {
        Program program = Program.of(paths.scripts().resolve("container-orphan").toString(), id.value())
                .with("DORMOUSE_STATE", paths.state().toString())
                .with("DORMOUSE_RUN", paths.run().toString())
                .within(LIMIT);
        (supervisor.leavesUnitsToSystemd() ? program : program.with("DORMOUSE_DIRECT", "yes")).runOrThrow();
    }
}
