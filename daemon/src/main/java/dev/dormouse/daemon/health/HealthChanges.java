package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last change of each container's health that the engine has not told of yet: a file {@code health/ID} each, with the time and the new
 * status. The engine takes them away as it tells of them, so what happened while it was not there is told once, with the real time, and
 * never takes more than a file a container. One writer and one reader.
 *
 * @param folder {@code /run/dormouse/health}
 */
public record HealthChanges(Path folder) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FORM = Pattern.compile("(\\S+) (\\w+)\n");

    /** A change of a container's health. */
    public record Change(String container, Instant time, HealthStatus status) {}

    void tell(Change change) {
        try {
            Files.createDirectories(folder);
            RunFile.write(
                    folder.resolve(change.container()),
                    change.time() + " " + change.status().word() + "\n");
        } catch (IOException e) {
            throw new EngineException.Failed(
                    "cannot write " + folder.resolve(change.container()) + ": " + e.getMessage(), e);
        }
    }

    /** The containers whose health has changed. */
    List<String> untold() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> ID.matcher(name).matches())
                    .toList();
        }
    }

    /** Takes a change away; absent if there is none, or it is no change. */
    Optional<Change> take(String container) throws IOException {
        Path taken = folder.resolve("." + container + ".taken");
        try {
            // Not read and then deleted: what was written in between would be lost.
            Files.move(folder.resolve(container), taken, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(Files.readString(taken));
        Files.delete(taken);
        return form.matches()
                ? HealthStatus.of(form.group(2))
                        .map(status -> new Change(container, Instant.parse(form.group(1)), status))
                : Optional.empty();
    }
}
