package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Finds containers by what clients call them. Thread-safe. */
final class ContainerIndex {
    private final ConcurrentNavigableMap<String, ContainerEntry> byId = new ConcurrentSkipListMap<>();
    private final Map<String, ContainerEntry> byName = new ConcurrentHashMap<>();

    void add(ContainerEntry entry) {
        byId.put(entry.id().value(), entry);
        byName.put(entry.record().name(), entry);
    }

    /** Finds it by its new name, which its record has already, and no more by the old one. */
    void renamed(ContainerEntry entry, String oldName) {
        byName.put(entry.record().name(), entry);
        byName.remove(oldName, entry);
    }

    void remove(ContainerEntry entry) {
        byName.remove(entry.record().name(), entry);
        byId.remove(entry.id().value(), entry);
    }

    /** Newest first. */
    List<ContainerEntry> all() {
        Comparator<ContainerRecord> age =
                Comparator.comparing(ContainerRecord::created).reversed();
        return byId.values().stream()
                .sorted(Comparator.comparing(ContainerEntry::record, age))
                .toList();
    }

    Optional<ContainerEntry> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<ContainerEntry> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The container that is meant: its full id wins over a name, a name over an abbreviated id, as dockerd has it.
     *
     * @throws EngineException.NotFound with Docker's text
     * @throws EngineException.InvalidParameter if the abbreviation fits more than one
     */
    ContainerEntry get(String reference) {
        String name = reference.startsWith("/") ? reference.substring(1) : reference;
        return byId(reference)
                .or(() -> byName(name))
                .or(() -> byPrefix(reference))
                .orElseThrow(() -> noSuchContainer(reference));
    }

    /**
     * As {@link #get}, but one that can be worked with.
     *
     * @throws EngineException.Failed if it is quarantined
     */
    ContainerEntry usable(String reference) {
        ContainerEntry entry = get(reference);
        entry.quarantine().ifPresent(broken -> {
            throw new EngineException.Failed("container " + broken.name() + " is quarantined: " + broken.error()
                    + "; until then it can only be removed");
        });
        return entry;
    }

    static EngineException.NotFound noSuchContainer(String reference) {
        return new EngineException.NotFound("No such container: " + reference);
    }

    private Optional<ContainerEntry> byPrefix(String prefix) {
        if (prefix.isEmpty()) {
            return Optional.empty();
        }
        List<ContainerEntry> found = byId.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .limit(2)
                .map(Map.Entry::getValue)
                .toList();
        if (found.size() > 1) {
            throw new EngineException.InvalidParameter("multiple IDs found with provided prefix: " + prefix);
        }
        return found.stream().findFirst();
    }
}
