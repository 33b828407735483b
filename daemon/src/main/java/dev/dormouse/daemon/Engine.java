package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineParts;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.error.EngineException;

/** The engine behind the API. */
public interface Engine extends AutoCloseable {
    /**
     * Puts the parts together; does no work yet.
     *
     * @throws EngineException if this machine has not what the engine needs
     */
    @SuppressWarnings("DoNotCallSuggester") // until the parts are there
    static Engine open(DaemonConfig config) {
        throw new EngineException.NotImplemented("the engine's parts are not put together in this build");
    }

    /** What it is doing; answers at any time, from any thread. */
    EngineStatus status();

    /** Loads and reconciles what earlier engines left; when this returns, the parts are right and take calls. */
    EngineParts restore();

    /** Lets go of everything; containers go on running. */
    @Override
    void close();
}
