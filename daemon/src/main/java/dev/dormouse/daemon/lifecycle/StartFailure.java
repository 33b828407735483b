package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.store.ContainerFacts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Why a start failed, in Docker's classes: 127 the command is not there, 126 it may not be executed, 128 anything else. The docker
 * command tells its own exit code by the words in the message, so those are put into it.
 */
record StartFailure(int exitCode, String message) {
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final int OTHER = 128;

    static StartFailure of(String name, ContainerConfig config, EngineException cause) {
        String why = String.valueOf(cause.getMessage());
        String lower = why.toLowerCase(Locale.ROOT);
        String command = config.entrypoint()
                .or(config::cmd)
                .map(List::getFirst)
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")) {
            return new StartFailure(NOT_EXECUTABLE, "cannot start container " + name + ": permission denied: " + why);
        }
        boolean missing = lower.contains("executable file") || lower.contains("no such file or directory");
        if (missing && lower.contains(command)) {
            return new StartFailure(
                    NOT_FOUND, "cannot start container " + name + ": executable file not found in it: " + why);
        }
        return new StartFailure(OTHER, "cannot start container " + name + ": " + why);
    }

    /** What the client gets: its own mistake, or ours. */
    EngineException exception(EngineException cause) {
        if (exitCode == OTHER) {
            return new EngineException.Failed(message, cause);
        }
        EngineException told = new EngineException.InvalidParameter(message); // that kind takes no cause
        told.addSuppressed(cause);
        return told;
    }

    ContainerFacts.Failure asFact() {
        return new ContainerFacts.Failure(exitCode, message, Instant.now());
    }
}
