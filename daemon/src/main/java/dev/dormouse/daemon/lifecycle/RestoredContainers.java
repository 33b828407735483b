package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.runtime.Restarts;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.store.ContainerFacts;
import dev.dormouse.daemon.store.ContainerStore;
import dev.dormouse.daemon.store.LoadedContainers;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a restore does to single containers; the order is its own ({@code daemon.restore}). Thread-safe. */
public final class RestoredContainers {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredContainers.class);

    private final ContainerIndex index;
    private final ContainerRuntime runtime;
    private final CurrentState state;
    private final NameAlias alias;
    private final Removal removal;
    private final ReconcileContainer reconcile;
    private final Arrivals arrivals;
    private final DueRestart restarts;

    RestoredContainers(
            ContainerIndex index,
            ContainerStore store,
            ContainerRuntime runtime,
            RunObserver observer,
            CurrentState state,
            NameAlias alias,
            Removal removal,
            DueRestart restarts) {
        this.index = index;
        this.runtime = runtime;
        this.state = state;
        this.alias = alias;
        this.removal = removal;
        this.reconcile = new ReconcileContainer(store, runtime, observer);
        this.arrivals = new Arrivals(index);
        this.restarts = restarts;
    }

    /** How far the restore has come; it says so itself. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** From now on clients find it. */
    public void register(LoadedContainers.Stored container) {
        index.add(new ContainerEntry(container.record(), container.facts()));
    }

    /** From now on clients find it, with what is wrong with it, and can remove it. */
    public void quarantine(LoadedContainers.Broken container) {
        index.add(new ContainerEntry(placeholder(container), container));
    }

    /** Every container that is registered. */
    public List<ContainerId> ids() {
        return index.all().stream().map(ContainerEntry::id).toList();
    }

    /** Every container that is registered, with its places on networks. */
    public Map<ContainerId, List<Attachment>> addresses() {
        return index.all().stream()
                .map(ContainerEntry::record)
                .collect(Collectors.toUnmodifiableMap(ContainerRecord::id, ContainerRecord::networks));
    }

    /** Makes the engine's knowledge and what runs agree, by the table ({@code daemon.reconcile}). */
    public void reconcile(ContainerId id) {
        usable(id).ifPresent(container -> container.exclusively(() -> reconcile.reconcile(container)));
    }

    /** Takes away what runs, and what runs have left, of containers that have no record; those that failed are logged and stay. */
    public void tearDownOrphans(List<LoadedContainers.Removing> removing) {
        Set<ContainerId> orphans = new HashSet<>(runtime.observation().traces());
        index.all().forEach(container -> orphans.remove(container.id()));
        removing.forEach(container -> orphans.remove(container.id()));
        for (ContainerId orphan : orphans) {
            LOG.warn("container {} has no record, but something of it runs or is left: it is torn down", orphan);
            try {
                runtime.repair().tearDownOrphan(orphan);
            } catch (EngineException e) {
                LOG.error("what is left of container {} could not be torn down: {}", orphan, e.getMessage());
            }
        }
    }

    /** Removes a container that was started with {@code --rm} and ended while no engine was there. */
    public void removeIfDue(ContainerId id) {
        usable(id)
                .ifPresent(container -> container.exclusively(() -> {
                    if (container.record().hostConfig().autoRemove()
                            && !container.isRemoved()
                            && state.of(container) instanceof ContainerState.Exited) {
                        removal.remove(container);
                    }
                }));
    }

    /** Frees the name that a container was renamed away from, once it no longer runs under it. */
    public void settleName(ContainerId id) {
        usable(id)
                .ifPresent(container -> container.exclusively(() -> {
                    if (!container.isRemoved() && !state.isActive(container)) {
                        alias.drop(container);
                    }
                }));
    }

    /** Restarts containers that an engine before this one was to restart, when that is due. */
    public void resumeRestarts() {
        index.all().stream()
                .filter(container -> container.quarantine().isEmpty() && restarts.isOurs(container))
                .forEach(restarts::await);
    }

    /** What decides whether a container is started when the engine comes up; absent if it cannot be. */
    public Optional<RestartFacts> restartFacts(ContainerId id) {
        return usable(id).filter(container -> !container.isRemoving()).map(container -> {
            Restarts restarts = runtime.restarts(container.record());
            ContainerState now = state.of(container);
            Optional<Instant> lastRun = restarts.interrupted().or(() -> startOf(now));
            ContainerFacts facts = container.facts();
            // A run that no engine saw begin came after what the facts tell of.
            boolean factsAreOfIt = lastRun.flatMap(run -> facts.lastStart().filter(start -> !run.isAfter(start)))
                    .isPresent();
            return new RestartFacts(
                    container.record(),
                    now,
                    lastRun.isPresent() || facts.lastStart().isPresent(),
                    (facts.stoppedByHand() && (lastRun.isEmpty() || factsAreOfIt))
                            || (restarts.stoppedByHand()
                                    && restarts.interrupted().isEmpty()),
                    restarts.interrupted().isPresent());
        });
    }

    private static Optional<Instant> startOf(ContainerState now) {
        return now instanceof ContainerState.Exited exited
                ? Optional.of(exited.startedAt()).filter(start -> start.isAfter(Instant.EPOCH))
                : Optional.empty();
    }

    /**
     * What decides whether a container is started when the engine comes up.
     *
     * @param startedBefore it has run at least once
     * @param stoppedByHand somebody wanted it down
     * @param interrupted the machine went down under it
     */
    public record RestartFacts(
            ContainerRecord record,
            ContainerState state,
            boolean startedBefore,
            boolean stoppedByHand,
            boolean interrupted) {}

    /** Finishes a removal that a killed engine had begun. */
    public void finishRemoval(LoadedContainers.Removing container) {
        container
                .record()
                .ifPresentOrElse(
                        record -> {
                            if (runtime.running(record).isPresent()) {
                                runtime.repair().tearDown(record);
                            }
                            removal.erase(record);
                        },
                        () -> removal.eraseRemains(container.id()));
    }

    private Optional<ContainerEntry> usable(ContainerId id) {
        return index.byId(id.value()).filter(container -> container.quarantine().isEmpty());
    }

    private static ContainerRecord placeholder(LoadedContainers.Broken broken) {
        ContainerConfig config = new ContainerConfig(
                "",
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        HostConfig host = new HostConfig(
                NetworkMode.NONE,
                List.of(),
                List.of(),
                false,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                0,
                false,
                RestartPolicy.NO);
        return new ContainerRecord(
                ContainerRecord.SCHEMA,
                broken.id(),
                broken.name(),
                broken.name(),
                broken.since(),
                new ImageId("0".repeat(64)),
                config,
                host,
                List.of());
    }
}
