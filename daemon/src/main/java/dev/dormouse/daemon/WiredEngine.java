package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.api.EngineParts;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.config.Life;
import dev.dormouse.daemon.declare.DeclaringRuntime;
import dev.dormouse.daemon.event.EventLog;
import dev.dormouse.daemon.event.EventStream;
import dev.dormouse.daemon.exec.CrunExecs;
import dev.dormouse.daemon.file.HalfWritten;
import dev.dormouse.daemon.image.ImageStore;
import dev.dormouse.daemon.lifecycle.ContainerService;
import dev.dormouse.daemon.lifecycle.ExecService;
import dev.dormouse.daemon.log.FolderWatch;
import dev.dormouse.daemon.log.LogReader;
import dev.dormouse.daemon.network.BridgeNetworks;
import dev.dormouse.daemon.network.HostFiles;
import dev.dormouse.daemon.network.HostId;
import dev.dormouse.daemon.network.firewall.NetavarkFirewall;
import dev.dormouse.daemon.network.firewall.PortWatch;
import dev.dormouse.daemon.restart.Autostart;
import dev.dormouse.daemon.restart.BootMark;
import dev.dormouse.daemon.restart.HealthWords;
import dev.dormouse.daemon.restore.RestoreContainers;
import dev.dormouse.daemon.restore.RestorePhase;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.runtime.StateFolders;
import dev.dormouse.daemon.runtime.SystemRuntime;
import dev.dormouse.daemon.shutdown.OrderedUnits;
import dev.dormouse.daemon.shutdown.RunningContainers;
import dev.dormouse.daemon.shutdown.ShutdownPhase;
import dev.dormouse.daemon.shutdown.StopReason;
import dev.dormouse.daemon.shutdown.WhyStopping;
import dev.dormouse.daemon.store.ContainerStore;
import dev.dormouse.daemon.store.StateFolder;
import dev.dormouse.units.manager.SystemdManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The engine's parts, wired to each other: the one place that knows them all. */
final class WiredEngine implements Engine {
    /** Where drop-ins of the administrator's machine are, and those that outlast a reboot. */
    private static final Path UNITS = Path.of("/etc/systemd/system");

    private final RuntimePaths paths;
    private final Optional<SystemdManager> systemd;
    private final ContainerHealth health;
    private final RestoreContainers restore;
    private final EngineParts parts;
    private final RunningContainers running;
    private final WhyStopping why;
    private final Optional<OrderedUnits> order;
    private final List<ShutdownPhase> closing;
    private final RestoreNews news;
    private final RestoreWaits waits;
    private final PortWatchTimer ports;
    private final BackgroundAutostart autostart;
    private final ActivatorEvents activations;
    private final ExecService execs;

    private WiredEngine(
            RuntimePaths paths,
            Optional<SystemdManager> systemd,
            ContainerHealth health,
            RestoreContainers restore,
            EngineParts parts,
            RunningContainers running,
            WhyStopping why,
            Optional<OrderedUnits> order,
            RestoreNews news,
            RestoreWaits waits,
            PortWatchTimer ports,
            BackgroundAutostart autostart,
            ActivatorEvents activations,
            ExecService execs,
            List<ShutdownPhase> closing) {
        this.paths = paths;
        this.systemd = systemd;
        this.health = health;
        this.restore = restore;
        this.parts = parts;
        this.running = running;
        this.why = why;
        this.order = order;
        this.closing = closing;
        this.news = news;
        this.waits = waits;
        this.ports = ports;
        this.autostart = autostart;
        this.activations = activations;
        this.execs = execs;
    }

    /**
     * Opens the state under {@code paths}; containers are not known before {@link #restore}.
     *
     * @param systemd absent where systemd is not this machine's service manager
     * @param why says, when the process is told to stop, what for
     * @throws dev.dormouse.daemon.error.EngineException.Failed if the state cannot be read
     */
    static WiredEngine open(RuntimePaths paths, Optional<SystemdManager> systemd, WhyStopping why) {
        new StateFolders(paths).prepare();
        HalfWritten.sweepFolders(UNITS, "dormouse-container@*.service.d");
        ImageStore images = ImageStore.open(paths.state(), paths.run());
        BridgeNetworks networks = BridgeNetworks.in(paths.state().resolve("networks"), HostId.establish(paths.state()));
        LayersAndVolumes contents = new LayersAndVolumes(images);
        BridgedFiles files = new BridgedFiles(HostFiles.ofThisHost());
        SystemRuntime runtime = systemd.map(manager -> SystemRuntime.underSystemd(paths, contents, files, manager))
                .orElseGet(() -> SystemRuntime.direct(paths, contents, files));
        ContainerStore store = new ContainerStore(new StateFolder(paths.state()));
        DeclaringRuntime declaring = DeclaringRuntime.of(
                runtime,
                paths.state().resolve("containers"),
                image -> images.get(image.toString()).config().labels(),
                systemd);
        EventStream events = new EventStream(EventLog.orRecent(paths.state().resolve("events")));
        FolderWatch logs = new FolderWatch();
        CrunExecs execs = CrunExecs.in(paths);
        ContainerService containers = new ContainerService(new dev.dormouse.daemon.lifecycle.EngineParts(
                store, declaring, images, networks, events, new LogReader(logs), new HostPortChoice(), execs));
        RestoreNews news = new RestoreNews(events);
        PortWatchTimer ports = new PortWatchTimer(
                new PortWatch(new NetavarkFirewall(paths.run(), paths.scripts()), containers.sandboxes()));
        ContainerRuntime.Subscription watch = containers.watch();
        ContainerHealth health = new ContainerHealth(paths, containers, systemd.isEmpty());
        ActivatorEvents activations = new ActivatorEvents(paths.state(), containers, systemd.isPresent());
        Optional<OrderedUnits> order =
                systemd.map(manager -> new OrderedUnits(UNITS, containers.stopping()::all, manager::reload, events));
        BackgroundAutostart autostart = new BackgroundAutostart(new Autostart(
                containers,
                containers.restoring(),
                BootMark.in(paths.run()),
                new HealthWords(paths.run().resolve("containers")),
                RandomGenerator.getDefault()));
        return new WiredEngine(
                paths,
                systemd,
                health,
                new RestoreContainers(store, containers.restoring(), networks::reconcile, ports::look, news),
                new EngineParts(
                        containers, containers.networking(), images, new KeptEvents(events), containers.execs()),
                new ServiceContainers(containers.stopping()),
                why,
                order,
                news,
                new RestoreWaits(containers.restoring().arrivals()),
                ports,
                autostart,
                activations,
                containers.execs(),
                // The reverse of the opening. Networks and the store have nothing open: what they do is on disk when it
                // is done.
                List.of(
                        ShutdownPhase.of("autostart", autostart::close),
                        ShutdownPhase.of("unit order", () -> order.ifPresent(OrderedUnits::close)),
                        ShutdownPhase.of("activations", activations::close),
                        ShutdownPhase.of("health", health::close),
                        ShutdownPhase.of("exec sessions", execs::close),
                        ShutdownPhase.of("logs", logs::close),
                        ShutdownPhase.of("published ports", ports::close),
                        ShutdownPhase.of("runs", watch::close),
                        ShutdownPhase.of("events", events::close),
                        ShutdownPhase.of("runtime", runtime::close),
                        ShutdownPhase.of("systemd", () -> systemd.ifPresent(SystemdManager::close))));
    }

    @Override
    public EngineStatus status() {
        String phase = restore.progress().phase() == RestorePhase.DONE && autostart.isUnderWay()
                ? "starting containers"
                : restore.progress().text();
        return new EngineStatus(phase, paths.state(), systemd.isPresent());
    }

    @Override
    public EngineParts parts() {
        return parts;
    }

    @Override
    public EngineGate.Restoration restoration() {
        return waits;
    }

    @Override
    public void restore(Consumer<String> progress) {
        news.tell(progress);
        restore.run();
        health.begin();
        activations.begin();
        order.ifPresent(OrderedUnits::restored);
        ports.start();
    }

    @Override
    public void autostart() {
        autostart.begin();
    }

    @Override
    public Optional<String> need(Life life) {
        if (autostart.isUnderWay()) {
            return Optional.of("it starts containers");
        }
        return execs.isAnyRunning() ? Optional.of("an exec runs") : Engine.super.need(life);
    }

    @Override
    public RunningContainers running() {
        return running;
    }

    @Override
    public StopReason whyStopping() {
        return why.find();
    }

    @Override
    public List<ShutdownPhase> closing() {
        return closing;
    }
}
