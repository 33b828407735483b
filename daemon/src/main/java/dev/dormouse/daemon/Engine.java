package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineParts;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.runtime.SystemRuntime;
import dev.dormouse.units.manager.DbusSystemdManager;
import java.nio.file.Path;
import java.util.Optional;

/** The engine behind the API. */
public interface Engine extends AutoCloseable {
    /** Property of the JVM that says where Dormouse is installed; the launcher sets it. */
    String PREFIX = "dormouse.prefix";

    /**
     * Opens the engine of this machine: its containers are systemd's units where systemd runs the machine.
     *
     * @throws EngineException if this machine has not what the engine needs, or its state cannot be read
     */
    static Engine open() {
        RuntimePaths paths = RuntimePaths.installedAt(Path.of(System.getProperty(PREFIX, "/usr")));
        return SystemRuntime.systemdIsRunning()
                ? WiredEngine.open(paths, Optional.of(new DbusSystemdManager()))
                : WiredEngine.open(paths, Optional.empty());
    }

    /** What it is doing; answers at any time, from any thread. */
    EngineStatus status();

    /** Loads and reconciles what earlier engines left; when this returns, the parts are right and take calls. */
    EngineParts restore();

    /** Begins to start the containers whose restart policy says so, in the background; {@link #restore} came before. */
    void autostart();

    /** Lets go of everything; containers go on running. */
    @Override
    void close();
}
