package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.lifecycle.RestoredContainers;
import dev.dormouse.daemon.store.ContainerStore;
import dev.dormouse.daemon.store.LoadedContainers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back what an earlier engine left, in phases, each finished before the next. A container that a phase fails on is logged and
 * stays as it is; only a state folder that cannot be read at all is fatal. Run once; {@link #phase} from any thread.
 */
public final class RestoreContainers {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreContainers.class);

    private final LoadPhase load;
    private final ReconcilePhase reconcile;
    private final NetworkPhase networks;
    private final LeftoverPhase leftovers;
    private final NamePhase names;
    private volatile RestorePhase phase = RestorePhase.WAITING;

    public RestoreContainers(ContainerStore store, RestoredContainers containers, AddressReconciliation addresses) {
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
        enter(RestorePhase.LOADING);
        LoadedContainers loaded = load.run();
        enter(RestorePhase.RECONCILING);
        reconcile.run();
        enter(RestorePhase.NETWORKS);
        networks.run(loaded.removing());
        enter(RestorePhase.LEFTOVERS);
        leftovers.run(loaded.removing());
        enter(RestorePhase.NAMES);
        names.run();
        enter(RestorePhase.DONE);
        LOG.info(
                "restored containers={} quarantined={} removals-finished={} ms={}",
                loaded.stored().size(),
                loaded.broken().size(),
                loaded.removing().size(),
                (System.nanoTime() - begin) / 1_000_000);
    }

    public RestorePhase phase() {
        return phase;
    }

    private void enter(RestorePhase next) {
        phase = next;
        LOG.debug("restore phase={}", next);
    }
}
