package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.reconcile.Observed;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What is true in a {@link InMemoryRuntime}, but for what a test makes otherwise: {@link #distort}. Thread-safe. */
public final class InMemoryObservation implements Observation {
    private final InMemoryRuntime runtime;
    private final Map<ContainerId, UnaryOperator<Observed>> distortions = new ConcurrentHashMap<>();
    private final Map<ContainerId, Runnable> onLookAt = new ConcurrentHashMap<>();
    private volatile Runnable onLook = () -> {};

    InMemoryObservation(InMemoryRuntime runtime) {
        this.runtime = runtime;
    }

    /** From now on this is true of a container instead, until it is torn down. */
    public void distort(ContainerId container, UnaryOperator<Observed> change) {
        distortions.put(container, change);
    }

    void forget(ContainerId container) {
        distortions.remove(container);
    }

    /** Called at every look at a container. */
    public void onLook(Runnable action) {
        onLook = action;
    }

    /** Called at every look at this container. */
    public void onLookAt(ContainerId container, Runnable action) {
        onLookAt.put(container, action);
    }

    @Override
    public Observed of(Subject subject) {
        onLook.run();
        ContainerId id = subject.id();
        onLookAt.getOrDefault(id, () -> {}).run();
        boolean alive = runtime.process(id).isPresent();
        Optional<Observed.Exit> exit = alive
                ? Optional.empty()
                : runtime.ended(id)
                        .filter(end -> subject.lastWord()
                                .filter(end.finishedAt()::isBefore)
                                .isEmpty())
                        .map(end -> new Observed.Exit(end.exitCode(), end.finishedAt()));
        Observed truth = new Observed(
                alive ? Observed.Unit.ACTIVE : Observed.Unit.GONE,
                alive,
                alive ? Observed.Init.ALIVE : Observed.Init.GONE,
                alive && runtime.frozen(id),
                Optional.empty(),
                subject.compiled() && runtime.isCompiled(id),
                alive,
                alive || !subject.ownNamespace(),
                false,
                exit);
        return distortions.getOrDefault(id, UnaryOperator.identity()).apply(truth);
    }

    @Override
    public Set<ContainerId> traces() {
        return runtime.traces();
    }

    /** A machine that was booted then. */
    public static UnaryOperator<Observed> bootedAt(Instant boot) {
        return seen -> new Observed(
                Observed.Unit.GONE,
                false,
                Observed.Init.GONE,
                false,
                Optional.of(boot),
                seen.bundle(),
                false,
                false,
                false,
                Optional.empty());
    }

    /** Its conmon was killed alone. */
    public static UnaryOperator<Observed> withoutConmon() {
        return seen -> new Observed(
                seen.unit(),
                false,
                seen.init(),
                seen.frozen(),
                seen.bootedSince(),
                seen.bundle(),
                seen.mount(),
                seen.namespace(),
                true,
                seen.exit());
    }

    /** Its namespace has lost its name and its bundle is gone. */
    public static UnaryOperator<Observed> withoutBundleAndNamespace() {
        return seen -> new Observed(
                seen.unit(),
                seen.conmon(),
                seen.init(),
                seen.frozen(),
                seen.bootedSince(),
                false,
                seen.mount(),
                false,
                seen.remains(),
                seen.exit());
    }
}
