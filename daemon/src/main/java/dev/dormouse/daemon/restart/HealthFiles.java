package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.error.EngineException;
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
public record HealthFiles(Path containers) implements HealthReports {
    @Override
    public Optional<Health> of(ContainerId container) {
        Path file = containers.resolve(container.value()).resolve("health");
        try {
            return switch (Files.readString(file).strip()) {
                case "starting" -> Optional.of(Health.STARTING);
                case "healthy" -> Optional.of(Health.HEALTHY);
                case "unhealthy" -> Optional.of(Health.UNHEALTHY);
                default -> Optional.empty(); // being written
            };
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
