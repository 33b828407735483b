package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The files of one exec (docs/internals.md): what crun needs, for root alone, and the session, which the activator sees.
 *
 * @param session there while the process is; crun writes its PID into it
 */
record ExecFiles(Path session, Path process, Path log, Path terminal, Path stdin, Path stdout, Path stderr) {
    static final String FOLDER = "exec";
    static final String SESSIONS = "execs";
    /** Of a session whose process outlives the engine: nobody is attached to it. */
    static final String DETACHED = ".detached";

    private static final Pattern PID = Pattern.compile("[0-9]{1,10}");
    /** A unix socket's path is short. */
    private static final int SHORT = 16;

    static ExecFiles of(RuntimePaths paths, ContainerId container, String id, boolean detached) {
        Path folder = paths.run().resolve(FOLDER);
        return new ExecFiles(
                sessions(paths, container).resolve(id + (detached ? DETACHED : "")),
                folder.resolve(id + ".json"),
                folder.resolve(id + ".log"),
                folder.resolve(id.substring(0, SHORT) + ".tty"),
                folder.resolve(id + ".in"),
                folder.resolve(id + ".out"),
                folder.resolve(id + ".err"));
    }

    static Path sessions(RuntimePaths paths, ContainerId container) {
        return paths.run().resolve("containers").resolve(container.value()).resolve(SESSIONS);
    }

    /** From now on the activator leaves the container awake. */
    void open() {
        try {
            Failpoints.pass("write", session);
            makeFolder(session, "rwxr-xr-x");
            makeFolder(process, "rwx------");
            Files.createFile(session);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make " + session + ": " + e.getMessage(), e);
        }
    }

    private static void makeFolder(Path file, String mode) throws IOException {
        Path folder = file.resolveSibling(".").normalize();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        }
    }

    /** What crun is to start; it holds the environment. */
    void writeProcess(String json) {
        try {
            Failpoints.pass("write", process);
            Files.createFile(
                    process, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(process, json);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write " + process + ": " + e.getMessage(), e);
        }
    }

    /** The process's number, once crun has written it. */
    OptionalLong pid() {
        return pid(session);
    }

    static OptionalLong pid(Path session) {
        try {
            String text = Files.readString(session).strip();
            return PID.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (IOException _) {
            return OptionalLong.empty(); // gone with its container
        }
    }

    /** What crun itself complained of, one line; empty if nothing. */
    String complaint() {
        try {
            return Files.readString(log).strip().replace('\n', ' ');
        } catch (IOException _) {
            return ""; // crun makes it when it begins
        }
    }

    /** The process runs: what was there for its start goes. */
    void started() {
        delete(List.of(process, terminal, stdin, stdout, stderr));
    }

    /** The process is gone: the container may sleep. */
    void close() {
        started();
        delete(List.of(log, session));
    }

    private static void delete(List<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new EngineException.Failed("cannot remove " + file + ": " + e.getMessage(), e);
            }
        }
    }
}
