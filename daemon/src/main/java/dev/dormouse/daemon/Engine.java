package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.api.EngineParts;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.config.Life;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.FailpointSystemd;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.runtime.SystemRuntime;
import dev.dormouse.daemon.shutdown.OrderedShutdown;
import dev.dormouse.daemon.shutdown.OwnUnit;
import dev.dormouse.daemon.shutdown.RunningContainers;
import dev.dormouse.daemon.shutdown.ShutdownPhase;
import dev.dormouse.daemon.shutdown.StopReason;
import dev.dormouse.daemon.shutdown.WhyStopping;
import dev.dormouse.units.manager.DbusSystemdManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
        if (!SystemRuntime.systemdIsRunning()) {
            return WiredEngine.open(paths, Optional.empty(), new WhyStopping(Optional.empty(), Optional.empty()));
        }
        DbusSystemdManager systemd = new DbusSystemdManager();
        return WiredEngine.open(
                paths,
                Optional.of(new FailpointSystemd(systemd)),
                new WhyStopping(Optional.of(systemd), OwnUnit.name()));
    }

    /** What it is doing; answers at any time, from any thread. */
    EngineStatus status();

    /** What takes calls; about a container only once the {@link #restoration} has got to it. */
    EngineParts parts();

    /** How far {@link #restore} has come. */
    EngineGate.Restoration restoration();

    /**
     * Loads and reconciles what earlier engines left; when this returns, all of it is right.
     *
     * @param progress told in words what is being done, at most once a second or so
     */
    void restore(Consumer<String> progress);

    /** Begins to start the containers whose restart policy says so, in the background; {@link #restore} came before. */
    void autostart();

    /** The containers, as a shutdown needs them; after {@link #restore}. */
    RunningContainers running();

    /** Why this process is told to stop. */
    StopReason whyStopping();

    /** What it is needed for though no client is connected; absent: nothing. */
    default Optional<String> need(Life life) {
        return life.liveRestore() || running().running().isEmpty()
                ? Optional.empty()
                : Optional.of("without live-restore, running containers end with it");
    }

    /** What is to be closed, in this order; containers go on running. */
    List<ShutdownPhase> closing();

    /**
     * Lets go of everything; containers go on running.
     *
     * @throws dev.dormouse.daemon.shutdown.ShutdownException if some of it failed; all was tried
     */
    @Override
    default void close() {
        OrderedShutdown.run(closing());
    }
}
