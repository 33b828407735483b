package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.health.HealthStatus;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file {@code health} of a container that runs: one word.
 *
 * @param containers {@code /run/dormouse/containers}
 */
public record HealthWords(Path containers) implements HealthReports {
    @Override
    public Optional<HealthStatus> of(ContainerId container) {
        Path file = containers.resolve(container.value()).resolve("health");
        try {
            return HealthStatus.of(Files.readString(file).strip()); // absent while it is being written
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
