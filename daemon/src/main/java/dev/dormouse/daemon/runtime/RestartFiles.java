package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/** Reads what {@code container-restart} wrote, and leaves there what the scripts must know of a user's wish. */
record RestartFiles(RuntimePaths paths) {
    private static final long UNDER_WAY = 1;

    Restarts read(ContainerId id) {
        Optional<Assignments> plan = plan(id);
        Optional<Assignments> exit = assignments(paths.exit(id), "FINISHED", "BYHAND");
        return new Restarts(
                plan.map(file -> (int) file.number("COUNT")).orElse(0),
                plan.filter(file -> file.number("NEXT") != 0).map(file -> file.instant("NEXT")),
                plan.map(RestartFiles::isUnderWay).orElse(false),
                exit.map(file -> file.number("BYHAND") == 1).orElse(false),
                began(id)
                        .filter(at -> exit.map(file -> at.isAfter(file.instant("FINISHED")))
                                .orElse(true)));
    }

    /** When the run began whose end is not recorded; its mark may outlive a power failure that came right after the end. */
    private Optional<Instant> began(ContainerId id) {
        Path mark = paths.container(id).resolve("running");
        try {
            return Optional.of(Files.getLastModifiedTime(mark).toInstant());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + mark + ": " + e.getMessage(), e);
        }
    }

    /** The restart that is planned does not take place. Its unit is at rest. */
    void cancel(ContainerId id) {
        plan(id).filter(file -> file.number("NEXT") != 0 || isUnderWay(file))
                .ifPresent(file -> replace(
                        plan(paths, id),
                        "COUNT=" + file.number("COUNT") + "\nDELAY=" + file.number("DELAY") + "\nNEXT=0\nOPEN=0\n"));
    }

    /** The end of the current run will be a user's doing. */
    void expectKill(ContainerId id) {
        replace(paths.runFolder(id).resolve("killed"), "");
    }

    private Optional<Assignments> plan(ContainerId id) {
        return assignments(plan(paths, id), "COUNT", "DELAY", "NEXT", "OPEN");
    }

    private static boolean isUnderWay(Assignments plan) {
        return plan.number("OPEN") == UNDER_WAY && plan.number("COUNT") > 0;
    }

    private static Path plan(RuntimePaths paths, ContainerId id) {
        return paths.runFolder(id).resolve("restart");
    }

    private static Optional<Assignments> assignments(Path file, String... names) {
        try {
            return Assignments.read(file, names);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Not durable: it tells of running processes. */
    private static void replace(Path file, String text) {
        Path written = file.resolveSibling(file.getFileName() + ".engine");
        try {
            Failpoints.pass("write", file);
            Files.write(written, text.getBytes(StandardCharsets.UTF_8));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
