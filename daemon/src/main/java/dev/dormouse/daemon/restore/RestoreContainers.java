package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.RestoredContainers;
import dev.dormouse.daemon.store.ContainerStore;
import dev.dormouse.daemon.store.LoadedContainers;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back what an earlier engine left, in phases, each finished before the next. A container that a phase fails on is logged and
 * stays as it is; only a state folder that cannot be read at all is fatal. Run once; {@link #progress} from any thread.
 */
public final class RestoreContainers {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreContainers.class);

    private final LoadPhase load;
    private final ReconcilePhase reconcile;
    private final NetworkPhase networks;
    private final LeftoverPhase leftovers;
    private final NamePhase names;
    private final RestoredContainers containers;
    private final Runnable ports;
    private final RestoreProgress progress;

    /**
     * @param ports makes published ports of live containers work again, once
     * @param listener told of phases and progress, at most once a second within a phase
     */
    public RestoreContainers(
            ContainerStore store,
            RestoredContainers containers,
            AddressReconciliation addresses,
            Runnable ports,
            Consumer<RestoreProgress.Report> listener) {
        this.containers = containers;
        this.ports = ports;
        progress = new RestoreProgress(listener);
        load = new LoadPhase(store, containers);
        reconcile = new ReconcilePhase(containers);
        networks = new NetworkPhase(containers, addresses);
        leftovers = new LeftoverPhase(containers);
        names = new NamePhase(containers);
    }

    /**
     * Restores; the containers' watch is on already.
     *
     * @throws EngineException.Failed if the state folder cannot be read
     */
    public void run() {
        long begin = System.nanoTime();
        LoadedContainers loaded;
        try {
            loaded = untilListed();
        } catch (EngineException e) {
            containers.arrivals().failed(e);
            throw e;
        }
        containers.arrivals().complete();
        progress.enter(RestorePhase.PORTS, 0);
        ports.run();
        progress.enter(
                RestorePhase.LEFTOVERS,
                loaded.removing().size() + containers.ids().size());
        leftovers.run(loaded.removing(), progress);
        progress.enter(RestorePhase.NAMES, containers.ids().size());
        names.run(progress);
        progress.enter(RestorePhase.DONE, 0);
        LOG.info(
                "restored containers={} quarantined={} removals-finished={} ms={}",
                loaded.stored().size(),
                loaded.broken().size(),
                loaded.removing().size(),
                (System.nanoTime() - begin) / 1_000_000);
    }

    /** Where it is. */
    public RestoreProgress.Report progress() {
        return progress.report();
    }

    /** Up to where every container is what it will be, and clients may see all and make new ones. */
    private LoadedContainers untilListed() {
        progress.enter(RestorePhase.LOADING, 0);
        LoadedContainers loaded = load.run();
        progress.enter(RestorePhase.RECONCILING, containers.ids().size());
        reconcile.run(progress);
        progress.enter(RestorePhase.ORPHANS, 0);
        containers.tearDownOrphans(loaded.removing());
        progress.enter(RestorePhase.NETWORKS, 0);
        networks.run(loaded.removing());
        return loaded;
    }
}
