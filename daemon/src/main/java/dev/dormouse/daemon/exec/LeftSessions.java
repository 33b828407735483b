package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.ControlGroup;
import dev.dormouse.daemon.runtime.RuntimePaths;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine that was killed left of its execs. Who was attached has lost the process, so it is killed; one that nobody was attached
 * to goes on, and keeps its container awake until it has ended.
 */
record LeftSessions(RuntimePaths paths) {
    private static final Logger LOG = LoggerFactory.getLogger(LeftSessions.class);

    /** Only for when no exec is being started. */
    void sweep() {
        try {
            for (Path container : entries(paths.run().resolve("containers"))) {
                for (Path session : entries(container.resolve(ExecFiles.SESSIONS))) {
                    end(container, session);
                }
            }
            for (Path file : entries(paths.run().resolve(ExecFiles.FOLDER))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot clear up the execs of an earlier engine: " + e.getMessage(), e);
        }
    }

    private static void end(Path container, Path session) throws IOException {
        OptionalLong pid = ExecFiles.pid(session);
        if (pid.isPresent() && isIn(container, pid.getAsLong())) {
            if (session.getFileName().toString().endsWith(ExecFiles.DETACHED)) {
                return;
            }
            LOG.info("exec {} of an earlier engine is killed: process {}", session.getFileName(), pid.getAsLong());
            ProcessHandle.of(pid.getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
        }
        Files.deleteIfExists(session);
    }

    /** Whether a process is one of the container's; the number may be another's by now. */
    private static boolean isIn(Path container, long pid) {
        Optional<ControlGroup> own = init(container).flatMap(ControlGroup::of);
        Optional<ControlGroup> its = ControlGroup.of(pid);
        return own.isPresent()
                && its.isPresent()
                && its.get().folder().startsWith(own.get().folder());
    }

    private static Optional<Long> init(Path container) {
        OptionalLong pid = ExecFiles.pid(container.resolve("pid"));
        return pid.isPresent() ? Optional.of(pid.getAsLong()) : Optional.empty();
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
        return found;
    }
}
