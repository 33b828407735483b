package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.lifecycle.RestoredContainers;
import dev.dormouse.daemon.store.LoadedContainers;
import java.util.List;

/** Finishes removals, and removes what {@code --rm} would have removed had an engine been there. */
final class LeftoverPhase {
    private final RestoredContainers containers;

    LeftoverPhase(RestoredContainers containers) {
        this.containers = containers;
    }

    void run(List<LoadedContainers.Removing> removing, RestoreProgress progress) {
        EachContainer.of(removing, "finish the removal of", progress, containers::finishRemoval);
        EachContainer.of(containers.ids(), "remove", progress, containers::removeIfDue);
    }
}
