package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.process.Program;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Removes what a container has on the disk, but for what the store keeps of it. */
record Remains(RuntimePaths paths) {
    private static final List<String> STORED = List.of("config.json", "state.json");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    void remove(ContainerId id) {
        // rm rather than Java: names in a container need not be text in any encoding, and no mount is ever entered.
        List<String> command = new ArrayList<>(List.of("rm", "-rf", "--one-file-system", "--"));
        command.add(paths.runFolder(id).toString());
        Path folder = paths.container(id);
        try {
            if (Files.isDirectory(folder)) {
                try (var entries = Files.list(folder)) {
                    entries.filter(entry -> !STORED.contains(entry.getFileName().toString()))
                            .map(Path::toString)
                            .forEach(command::add);
                }
            }
            Program.of(command).within(LIMIT).runOrThrow();
            if (Files.isDirectory(folder)) {
                DurableFile.syncFolder(folder);
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot remove what is left in " + folder + ": " + e.getMessage(), e);
        }
    }
}
