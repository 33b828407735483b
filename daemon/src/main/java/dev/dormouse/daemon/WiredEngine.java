package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineParts;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.declare.DeclaringRuntime;
import dev.dormouse.daemon.event.EventStream;
import dev.dormouse.daemon.image.ImageStore;
import dev.dormouse.daemon.lifecycle.ContainerService;
import dev.dormouse.daemon.log.FolderWatch;
import dev.dormouse.daemon.log.LogReader;
import dev.dormouse.daemon.network.BridgeNetwork;
import dev.dormouse.daemon.network.HostFiles;
import dev.dormouse.daemon.restore.RestoreContainers;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.runtime.SystemRuntime;
import dev.dormouse.daemon.store.ContainerStore;
import dev.dormouse.daemon.store.StateFolder;
import dev.dormouse.units.manager.SystemdManager;
import java.util.Optional;

/** The engine's parts, wired to each other: the one place that knows them all. */
final class WiredEngine implements Engine {
    private final RuntimePaths paths;
    private final Optional<SystemdManager> systemd;
    private final SystemRuntime runtime;
    private final ContainerRuntime.Subscription watch;
    private final ContainerHealth health;
    private final RestoreContainers restore;
    private final EngineParts parts;

    private WiredEngine(
            RuntimePaths paths,
            Optional<SystemdManager> systemd,
            SystemRuntime runtime,
            ContainerRuntime.Subscription watch,
            ContainerHealth health,
            RestoreContainers restore,
            EngineParts parts) {
        this.paths = paths;
        this.systemd = systemd;
        this.runtime = runtime;
        this.watch = watch;
        this.health = health;
        this.restore = restore;
        this.parts = parts;
    }

    /**
     * Opens the state under {@code paths}; containers are not known before {@link #restore}.
     *
     * @param systemd absent where systemd is not this machine's service manager
     * @throws dev.dormouse.daemon.error.EngineException.Failed if the state cannot be read
     */
    static WiredEngine open(RuntimePaths paths, Optional<SystemdManager> systemd) {
        ImageStore images = ImageStore.open(paths.state(), paths.run());
        BridgeNetwork networks = BridgeNetwork.in(paths.state().resolve("networks"));
        LayersAndVolumes contents = new LayersAndVolumes(images);
        BridgedFiles files = new BridgedFiles(networks, HostFiles.ofThisHost());
        SystemRuntime runtime = systemd.map(manager -> SystemRuntime.underSystemd(paths, contents, files, manager))
                .orElseGet(() -> SystemRuntime.direct(paths, contents, files));
        ContainerStore store = new ContainerStore(new StateFolder(paths.state()));
        DeclaringRuntime declaring = DeclaringRuntime.of(
                runtime,
                paths.state().resolve("containers"),
                image -> images.get(image.toString()).config().labels(),
                systemd);
        EventStream events = new EventStream();
        ContainerService containers = new ContainerService(new dev.dormouse.daemon.lifecycle.EngineParts(
                store, declaring, images, networks, events, new LogReader(new FolderWatch()), new HostPortChoice()));
        return new WiredEngine(
                paths,
                systemd,
                runtime,
                containers.watch(),
                new ContainerHealth(paths, containers, systemd.isEmpty()),
                new RestoreContainers(store, containers.restoring(), networks::reconcile),
                new EngineParts(containers, images, new KeptEvents(events)));
    }

    @Override
    public EngineStatus status() {
        String phase = switch (restore.phase()) {
            case WAITING -> "waiting to restore";
            case LOADING -> "loading containers";
            case RECONCILING -> "reconciling with what runs";
            case NETWORKS -> "restoring networks";
            case LEFTOVERS -> "removing leftovers";
            case NAMES -> "restoring names";
            case DONE -> "running";
        };
        return new EngineStatus(phase, paths.state(), systemd.isPresent());
    }

    @Override
    public EngineParts restore() {
        restore.run();
        health.begin();
        return parts;
    }

    /** Containers run on. */
    @Override
    public void close() {
        health.close();
        watch.close();
        runtime.close();
        systemd.ifPresent(SystemdManager::close);
    }
}
