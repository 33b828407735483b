package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.activation.ActivationWatch;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.health.Health;
import dev.dormouse.daemon.health.HealthChanges;
import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.log.LogQuery;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.firewall.PortWatch;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.spec.Signals;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The containers of this engine: finds the one that is meant and gives it to the verb, in its turn. Knows none until a restore has
 * registered them ({@link #restoring}).
 */
public final class ContainerService implements Containers {
    private final ContainerRuntime runtime;
    private final ContainerEvents events;
    private final ContainerIndex index;
    private final CurrentState state;
    private final CreateContainer create;
    private final StartContainer start;
    private final StopContainer stop;
    private final RestartContainer restart;
    private final KillContainer kill;
    private final RenameContainer rename;
    private final RemoveContainer remove;
    private final WaitForExit wait;
    private final AttachOutput attach;
    private final ReadLogs logs;
    private final RunObserver observer;
    private final RestoredContainers restored;
    private final StoppableContainers stoppable;
    private final LiveSandboxes sandboxes;
    private final UpdateContainer update;
    private final NetworkService networks;
    private final ExecService execs;

    public ContainerService(EngineParts parts) {
        runtime = parts.runtime();
        events = new ContainerEvents(parts.events());
        index = new ContainerIndex();
        state = new CurrentState(runtime);
        Removal removal = new Removal(index, parts.store(), runtime, parts.networks(), state, events);
        NameAlias alias = new NameAlias(parts.store(), runtime);
        DueRestart restarts = new DueRestart(runtime, this::startAgain);
        observer =
                new RunObserver(index, parts.store(), runtime, events, new AfterExit(state, removal, alias, restarts));
        PublishedPorts ports = new PublishedPorts(index, state, parts.ports());
        create = new CreateContainer(
                index, parts.store(), runtime, parts.images(), parts.networks(), ports, removal, events);
        start = new StartContainer(parts.store(), runtime, state, ports, observer, alias, removal);
        stop = new StopContainer(parts.store(), runtime, state, observer, events);
        restart = new RestartContainer(state, stop, start, events);
        kill = new KillContainer(parts.store(), runtime, state, events);
        rename = new RenameContainer(index, parts.store(), runtime, state, events);
        remove = new RemoveContainer(runtime, state, stop, removal);
        wait = new WaitForExit(state, observer);
        attach = new AttachOutput(parts.store(), parts.logs(), observer, events);
        logs = new ReadLogs(parts.store(), parts.logs(), state, observer);
        update = new UpdateContainer(parts.store(), runtime, events);
        restored = new RestoredContainers(index, parts.store(), runtime, observer, state, alias, removal, restarts);
        stoppable = new StoppableContainers(index, runtime, state, stop, events);
        sandboxes = new LiveSandboxes(index, runtime, events);
        networks = new NetworkService(
                index,
                parts.networks(),
                new ContainerNetworks(parts.store(), runtime, parts.networks()),
                new NetworkEvents(parts.events()));
        execs = new ExecService(index, state, parts.execs(), events);
    }

    /** Sees starts and exits from now on; closing ends that. To be called before the restore, so that none is missed. */
    public ContainerRuntime.Subscription watch() {
        return observer.watch();
    }

    /** Through which a restore brings back what an earlier engine left. */
    public RestoredContainers restoring() {
        return restored;
    }

    /** Through which a shutdown stops what runs. */
    public StoppableContainers stopping() {
        return stoppable;
    }

    /** What the API can do with networks. */
    public NetworkVerbs networking() {
        return networks;
    }

    /** What the API can do with further processes in containers. */
    public ExecService execs() {
        return execs;
    }

    /** What runs on networks, for who looks after published ports. */
    public PortWatch.Live sandboxes() {
        return sandboxes;
    }

    /** Tells the followers of events of a change that the prober saw; of a container that is gone nobody wants to know. */
    public void healthChanged(HealthChanges.Change change) {
        index.byId(change.container())
                .ifPresent(container -> events.health(container.record(), change.status(), change.time()));
    }

    /** Through which the activator's doings become events. */
    public ActivationWatch.Listener activations() {
        return new ActivationNews(index, events);
    }

    @Override
    public ContainerRecord create(
            Optional<String> name, ContainerConfig config, HostConfig hostConfig, List<Endpoint> endpoints) {
        return Detached.call("create", () -> create.create(name, config, hostConfig, endpoints));
    }

    @Override
    public void start(String reference) {
        inTurn("start", reference, start::start);
    }

    @Override
    public void stop(String reference, Optional<Integer> timeoutSeconds, Optional<String> signal) {
        StopContainer.Order order = StopContainer.Order.of(timeoutSeconds, signal);
        inTurn("stop", reference, container -> stop.stop(container, order));
    }

    @Override
    public void restart(String reference, Optional<Integer> timeoutSeconds, Optional<String> signal) {
        StopContainer.Order order = StopContainer.Order.of(timeoutSeconds, signal);
        inTurn("restart", reference, container -> restart.restart(container, order));
    }

    @Override
    public void kill(String reference, String signal) {
        int number = Signals.number(signal);
        ContainerEntry container = index.usable(reference);
        Detached.run("kill", () -> kill.kill(container, reference, number));
    }

    @Override
    public void rename(String reference, String newName) {
        if (reference.isEmpty() || newName.isEmpty()) {
            throw new EngineException.InvalidParameter("Neither old nor new names may be empty");
        }
        String name = ContainerName.parse(newName);
        inTurn("rename", reference, container -> rename.rename(container, name));
    }

    @Override
    public void update(String reference, RestartPolicy policy) {
        inTurn("update", reference, container -> update.update(container, policy));
    }

    @Override
    public void remove(String reference, boolean force) {
        ContainerEntry container = index.get(reference);
        Detached.run("remove", () -> remove.remove(container, reference, force));
    }

    @Override
    public Container inspect(String reference) {
        return container(index.get(reference));
    }

    @Override
    public List<Container> list() {
        return index.all().stream().map(this::container).toList();
    }

    @Override
    public ExitWait waitFor(String reference, WaitCondition condition) {
        return wait.begin(index.get(reference), condition);
    }

    @Override
    public void logs(String reference, LogQuery query, Consumer<LogEntry> sink) {
        logs.read(index.get(reference), query, sink);
    }

    @Override
    public Attachment attach(String reference) {
        return attach.begin(index.usable(reference));
    }

    private void startAgain(ContainerEntry container) {
        start.begin(container);
    }

    private Container container(ContainerEntry entry) {
        Optional<Health> health = entry.quarantine().isPresent() ? Optional.empty() : runtime.health(entry.record());
        return new Container(
                entry.record(),
                state.of(entry),
                health,
                runtime.restarts(entry.record()).count());
    }

    private void inTurn(String verb, String reference, Consumer<ContainerEntry> work) {
        ContainerEntry container = index.usable(reference);
        Detached.run(
                verb,
                () -> container.exclusively(() -> {
                    if (container.isRemoved()) {
                        throw ContainerIndex.noSuchContainer(reference);
                    }
                    work.accept(container);
                }));
    }
}
