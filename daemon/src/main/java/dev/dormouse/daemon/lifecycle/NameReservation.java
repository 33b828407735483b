package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.store.ContainerStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Reserves names that clients ask for. */
record NameReservation(ContainerIndex index, ContainerStore store) {
    /** As long as a name is waited for whose container nobody sees. */
    private static final Duration GOING = Duration.ofSeconds(10);

    private static final Duration STEP = Duration.ofMillis(20);

    /**
     * Reserves a name, once it is free where it is about to be.
     *
     * @return who has it instead; absent: it is reserved
     */
    Optional<ContainerId> reserve(String name, ContainerId id) {
        long deadline = System.nanoTime() + GOING.toNanos();
        Optional<ContainerId> holder = store.reserveName(name, id);
        // Who has it is not to be seen: it is being made, or a removal that an earlier engine began goes on. That is no
        // conflict to anybody who looks. Nothing tells of its end.
        while (holder.filter(other -> index.byId(other.value()).isEmpty()).isPresent()
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(STEP.toNanos());
            holder = store.reserveName(name, id);
        }
        return holder;
    }
}
