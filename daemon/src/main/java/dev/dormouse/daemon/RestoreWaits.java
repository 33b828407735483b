package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.lifecycle.Arrivals;
import java.time.Duration;

/** The engine's restore as the API waits for it. */
record RestoreWaits(Arrivals arrivals) implements EngineGate.Restoration {
    @Override
    public boolean isComplete() {
        return arrivals.isComplete();
    }

    @Override
    public boolean awaitAll(Duration patience) throws InterruptedException {
        return arrivals.awaitAll(patience);
    }

    @Override
    public boolean await(String container, Duration patience) throws InterruptedException {
        return arrivals.await(container, patience);
    }
}
