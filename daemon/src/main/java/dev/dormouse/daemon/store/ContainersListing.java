package dev.dormouse.daemon.store;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is in the folder of the containers.
 *
 * @param ids folders, or links to folders, named by an id
 * @param foreign everything else, but for what a file system keeps there itself
 */
record ContainersListing(List<ContainerId> ids, List<ForeignEntry> foreign) {
    /** mke2fs(8) makes it in the root of every ext4. */
    private static final String LOST_AND_FOUND = "lost+found";

    /** @throws EngineException.Failed if it cannot be listed: that is fatal, for then nothing is known */
    static ContainersListing of(Path folder) {
        List<ContainerId> ids = new ArrayList<>();
        List<ForeignEntry> foreign = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(entry -> sort(entry, ids, foreign));
        } catch (IOException | UncheckedIOException e) {
            throw new EngineException.Failed("cannot list the containers in " + folder + ": " + e, e);
        }
        return new ContainersListing(List.copyOf(ids), List.copyOf(foreign));
    }

    private static void sort(Path entry, List<ContainerId> ids, List<ForeignEntry> foreign) {
        String name = String.valueOf(entry.getFileName());
        Optional<ContainerId> id = NameLinks.id(name);
        if (id.isPresent() && Files.isDirectory(entry)) {
            ids.add(id.get());
        } else if (!name.equals(LOST_AND_FOUND)) {
            foreign.add(ForeignEntry.of(entry));
        }
    }
}
