package dev.dormouse.daemon.store;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a load found.
 *
 * @param stored in no order
 * @param broken whose record cannot be read; nothing of them is touched
 * @param removing whose removal was begun and must be finished
 */
public record LoadedContainers(List<Stored> stored, List<Broken> broken, List<Removing> removing) {
    public record Stored(ContainerRecord record, ContainerFacts facts) {}

    /**
     * A quarantined container.
     *
     * @param id of one whose folder is named by no id, one made from the folder's name ({@link ForeignEntry})
     * @param name a name that is reserved for it; without one, its abbreviated id
     * @param error what is wrong with it and what to do
     * @param since when it was last changed
     */
    public record Broken(ContainerId id, String name, String error, Instant since) {}

    /**
     * A half removed container.
     *
     * @param record absent: it is gone already, and so is everything outside the folder
     */
    public record Removing(ContainerId id, Optional<ContainerRecord> record) {}
}
