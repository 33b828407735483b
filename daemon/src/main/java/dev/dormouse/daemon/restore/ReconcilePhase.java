package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.lifecycle.RestoredContainers;

/** Takes over what runs and learns how the rest ended. */
final class ReconcilePhase {
    private final RestoredContainers containers;

    ReconcilePhase(RestoredContainers containers) {
        this.containers = containers;
    }

    void run(RestoreProgress progress) {
        EachContainer.of(containers.ids(), "take over", progress, id -> {
            try {
                containers.reconcile(id);
            } finally {
                containers.arrivals().arrived(id);
            }
        });
    }
}
