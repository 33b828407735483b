package dev.dormouse.activator.cgroup;

import dev.dormouse.activator.config.ContainerFacts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The processes that run in a container by {@code docker exec}: the engine keeps a file for each while it runs (docs/internals.md,
 * {@code containers/ID/execs}). Thread-safe; reads files in memory.
 */
public record ExecSessions(Path folder, ContainerCgroup cgroup) {
    private static final Pattern PID = Pattern.compile("[0-9]{1,10}");

    /** Of a container. */
    public static ExecSessions of(ContainerFacts facts) {
        return new ExecSessions(facts.runtimeFolder().resolve("execs"), ContainerCgroup.of(facts));
    }

    /** Whether there is one. */
    public boolean isAnyOpen() {
        try (DirectoryStream<Path> sessions = Files.newDirectoryStream(folder)) {
            for (Path session : sessions) {
                if (isOpen(session)) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            return false; // there never was one, or the container is gone
        }
    }

    /** How long ago one began or ended; empty if none ever has. */
    public Optional<Duration> sinceLastChange(Instant now) {
        try {
            Duration since = Duration.between(Files.getLastModifiedTime(folder).toInstant(), now);
            // The clock may have been put back.
            return Optional.of(since.isNegative() ? Duration.ZERO : since);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /**
     * It is being started while it has no PID. With one it is over when that process is not in the container any more: the engine that
     * would have taken the file away may have been killed.
     */
    private boolean isOpen(Path session) {
        try {
            String pid = Files.readString(session).strip();
            return !PID.matcher(pid).matches() || cgroup.isAround(pid);
        } catch (IOException _) {
            return false; // it has just ended
        }
    }
}
