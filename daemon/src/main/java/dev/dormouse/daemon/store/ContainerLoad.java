package dev.dormouse.daemon.store;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.file.HalfWritten;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all containers at once, within a bound, and sweeps away what was never acknowledged. */
final class ContainerLoad {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerLoad.class);

    private final StateFolder folder;
    private final NameLinks names;
    private final List<LoadedContainers.Stored> stored = new ArrayList<>();
    private final List<LoadedContainers.Broken> broken = new ArrayList<>();
    private final List<LoadedContainers.Removing> removing = new ArrayList<>();

    /**
     * What a load found.
     *
     * @param foreign what is among the broken but is no container's folder
     */
    record Found(LoadedContainers containers, List<ForeignEntry> foreign) {}

    ContainerLoad(StateFolder folder, NameLinks names) {
        this.folder = folder;
        this.names = names;
    }

    Found run() {
        ContainersListing listing = ContainersListing.of(folder.containers());
        Map<String, ContainerId> links = names.all();
        LoadBound bound = LoadBound.ofThisMachine(listing.ids().size());
        LOG.info("loading containers {}", bound);
        AtOnce.forEach(listing.ids(), bound, id -> load(id, links));
        settleNames(links);
        listing.foreign().forEach(this::quarantine);
        return new Found(
                new LoadedContainers(List.copyOf(stored), List.copyOf(broken), List.copyOf(removing)),
                listing.foreign());
    }

    private void load(ContainerId id, Map<String, ContainerId> links) {
        try {
            if (Files.exists(folder.removing(id))) {
                add(removing, new LoadedContainers.Removing(id, readable(id)));
                return;
            }
            if (isHalfMade(id)) {
                FolderRemoval.deleteContents(folder.container(id), Set.of());
                DurableFile.delete(folder.container(id));
                LOG.info("container {} was never completely created and was swept away", id.abbreviated());
                return;
            }
            HalfWritten.sweep(folder.container(id));
            HalfWritten.sweep(folder.container(id).resolve("bundle"));
            RecordFormat.Read<ContainerRecord> record = record(id);
            ContainerFacts facts = facts(id);
            // What an older engine compiled may not be what this one would.
            add(
                    stored,
                    new LoadedContainers.Stored(record.value(), record.migrated() ? facts.withCompiled(false) : facts));
        } catch (IOException | RuntimeException e) {
            // Whatever it is: one container's files must not keep the engine from the others.
            quarantine(id, links, reason(e));
        }
    }

    private static String reason(Exception e) {
        return e instanceof EngineException ? String.valueOf(e.getMessage()) : "it cannot be read: " + e;
    }

    private RecordFormat.Read<ContainerRecord> record(ContainerId id) throws IOException {
        Path file = folder.config(id);
        try {
            RecordFormat.Read<ContainerRecord> read = RecordFormat.container(RecordFile.read(file));
            ContainerRecord record = read.value();
            if (!record.id().equals(id)) {
                throw new EngineException.Failed("it is the record of container " + record.id());
            }
            NameLinks.requireName("name", record.name());
            NameLinks.requireName("unitName", record.unitName());
            return read;
        } catch (NoSuchFileException _) {
            throw new EngineException.Failed("its record " + file + " is missing: restore it or remove the container");
        } catch (EngineException e) {
            throw new EngineException.Failed("its record " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private Optional<ContainerRecord> readable(ContainerId id) {
        try {
            return Files.exists(folder.config(id)) ? Optional.of(record(id).value()) : Optional.empty();
        } catch (EngineException | IOException e) {
            LOG.warn("container {} is being removed without its record: {}", id.abbreviated(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Facts can be learned again, so damage to them quarantines nothing; but those of a newer engine must not be overwritten. */
    private ContainerFacts facts(ContainerId id) throws IOException {
        byte[] json;
        try {
            json = RecordFile.read(folder.state(id));
        } catch (NoSuchFileException _) {
            return ContainerFacts.NONE;
        }
        RecordFormat.newerFacts(json).ifPresent(why -> {
            throw new EngineException.Failed("its state " + folder.state(id) + " cannot be used: " + why);
        });
        try {
            return RecordFormat.facts(json).value();
        } catch (EngineException e) {
            LOG.warn(
                    "container {}: {} cannot be used and starts afresh: {}",
                    id.abbreviated(),
                    folder.state(id),
                    e.getMessage());
            return ContainerFacts.NONE;
        }
    }

    /** Nothing in the folder but files that were about to become its record. */
    private boolean isHalfMade(ContainerId id) throws IOException {
        try (Stream<Path> entries = Files.list(folder.container(id))) {
            return entries.map(entry -> entry.getFileName().toString()).allMatch(HalfWritten::is);
        }
    }

    private void quarantine(ContainerId id, Map<String, ContainerId> links, String error) {
        String name = links.entrySet().stream()
                .filter(link -> link.getValue().equals(id))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(id.abbreviated());
        LOG.error("container {} ({}) is quarantined: {}", name, id.abbreviated(), error);
        add(broken, new LoadedContainers.Broken(id, name, error, changed(folder.container(id))));
    }

    private void quarantine(ForeignEntry entry) {
        String error = entry.path() + " is no folder named by a container's id; move it away, or"
                + " remove it as container " + entry.id().abbreviated();
        LOG.error("quarantined: {}", error);
        add(broken, new LoadedContainers.Broken(entry.id(), entry.id().abbreviated(), error, changed(entry.path())));
    }

    private static Instant changed(Path path) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException e) {
            LOG.debug("{}: {}", path, e.toString());
            return Instant.EPOCH;
        }
    }

    private void settleNames(Map<String, ContainerId> links) {
        Set<ContainerId> untouched = new HashSet<>();
        broken.forEach(container -> untouched.add(container.id()));
        removing.forEach(container -> untouched.add(container.id()));
        Set<String> wanted = new HashSet<>();
        for (LoadedContainers.Stored container : List.copyOf(stored)) {
            ContainerRecord record = container.record();
            Optional<String> trouble = nameTrouble(record);
            trouble.ifPresent(error -> {
                stored.remove(container);
                untouched.add(record.id());
                quarantine(record.id(), Map.of(), error);
            });
            wanted.add(record.name() + " " + record.id());
            wanted.add(record.unitName() + " " + record.id());
        }
        links.forEach((name, id) -> {
            if (!untouched.contains(id) && !wanted.contains(name + " " + id)) {
                free(name, id);
            }
        });
    }

    /** Reserves a container's name for it; why it cannot have it, if it cannot. */
    private Optional<String> nameTrouble(ContainerRecord record) {
        try {
            return names.reserve(record.name(), record.id())
                    .map(other -> "its name " + record.name() + " is reserved for container " + other
                            + ": remove one of them");
        } catch (EngineException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void free(String name, ContainerId id) {
        try {
            names.release(name, id);
            LOG.info("name {} belonged to no container any more and was freed", name);
        } catch (EngineException e) {
            LOG.warn("name {} belongs to no container any more, but stays reserved: {}", name, e.getMessage());
        }
    }

    private static <T> void add(List<T> to, T item) {
        synchronized (to) {
            to.add(item);
        }
    }
}
