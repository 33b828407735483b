package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.activation.Activation;
import dev.dormouse.daemon.activation.ActivationWatch;
import dev.dormouse.daemon.container.ContainerRecord;
import java.util.Optional;

/** Tells the followers of events what the activator did with a container; of one that is gone nobody wants to know. */
final class ActivationNews implements ActivationWatch.Listener {
    private final ContainerIndex index;
    private final ContainerEvents events;

    ActivationNews(ContainerIndex index, ContainerEvents events) {
        this.index = index;
        this.events = events;
    }

    @Override
    public void happened(Activation activation) {
        container(activation).ifPresent(container -> events.activated(container, activation));
    }

    @Override
    public void happenedBefore(Activation activation) {
        container(activation).ifPresent(container -> events.activatedBefore(container, activation));
    }

    private Optional<ContainerRecord> container(Activation activation) {
        return activation
                .containerId()
                .map(index::byId)
                .orElseGet(() -> index.byName(activation.container()))
                .map(ContainerEntry::record);
    }
}
