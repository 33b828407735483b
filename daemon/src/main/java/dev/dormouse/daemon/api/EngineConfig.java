package dev.dormouse.daemon.api;

import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.config.Reloaded;

/** The engine's configuration, as the API needs it. Thread-safe. */
public interface EngineConfig {
    /** What counts now. */
    DaemonConfig current();

    /**
     * Reads it again, all of it or nothing.
     *
     * @throws dev.dormouse.daemon.config.ConfigException with everything that is wrong
     */
    Reloaded reload();
}
