package dev.dormouse.daemon.reconcile;

import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Where what is true comes from: the machine, never memory. Thread-safe; throws
 * {@link dev.dormouse.daemon.error.EngineException} only.
 */
public interface Observation {
    /** What is true of a container now. */
    Observed of(Subject subject);

    /** Every container of which something of a run is there: a unit's claim, a namespace, a mount, crun's state. */
    Set<ContainerId> traces();

    /**
     * The container that is asked about, as far as its record is needed to find it.
     *
     * @param unitName the instance of {@code dormouse-container@}
     * @param ownNamespace whether its run has a network namespace with a name
     * @param compiled whether the record says that its files for a start are complete
     * @param lastWord when the record last learned of a start or an end; absent: never
     * @param open whether the record knows of a start without an end
     */
    record Subject(
            ContainerId id,
            String unitName,
            boolean ownNamespace,
            boolean compiled,
            Optional<Instant> lastWord,
            boolean open) {
        /** systemd's name for its unit. */
        public String unit() {
            return "dormouse-container@" + unitName + ".service";
        }
    }
}
