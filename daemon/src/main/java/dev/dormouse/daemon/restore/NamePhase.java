package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.lifecycle.RestoredContainers;

/** Frees the names that containers were renamed away from while they ran, and run no more. */
final class NamePhase {
    private final RestoredContainers containers;

    NamePhase(RestoredContainers containers) {
        this.containers = containers;
    }

    void run(RestoreProgress progress) {
        EachContainer.of(containers.ids(), "settle the name of", progress, containers::settleName);
    }
}
