package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.EventLog;
import dev.dormouse.daemon.event.EventStream;
import dev.dormouse.daemon.log.FolderWatch;
import dev.dormouse.daemon.log.LogReader;
import dev.dormouse.daemon.restore.RestoreContainers;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.runtime.InMemoryRuntime;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import dev.dormouse.daemon.store.ContainerStore;
import dev.dormouse.daemon.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine on a folder, with a runtime, images and networks in memory that outlive it. */
public final class Engine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public final StateFolder folder;
    public final InMemoryRuntime runtime;
    public final DiskNetworks networks;
    public final OneImage images = new OneImage();
    public final EventStream events;
    public final ContainerStore store;
    public final ContainerService containers;
    public final RestoreContainers restore;
    private final FolderWatch watch = new FolderWatch();
    private final ContainerRuntime.Subscription runs;
    public final CountedPorts ports = new CountedPorts();
    public final FakeExecs execs = new FakeExecs();
    /** What the restore said, and did with the network, in order. */
    public final List<String> phases = new CopyOnWriteArrayList<>();

    private Engine(Path root, InMemoryRuntime runtime, EventStream events) {
        this.events = events;
        this.folder = new StateFolder(root);
        this.runtime = runtime;
        this.networks = new DiskNetworks(root);
        store = new ContainerStore(folder);
        containers = new ContainerService(
                new EngineParts(store, runtime, images, networks, events, new LogReader(watch), ports, execs));
        restore = new RestoreContainers(
                store,
                containers.restoring(),
                existing -> {
                    phases.add("addresses");
                    networks.reconcile(existing);
                },
                () -> phases.add("ports"),
                report -> phases.add(report.text()));
        runs = containers.watch();
    }

    public static Engine in(Path root) {
        return new Engine(root, new InMemoryRuntime(), new EventStream()).restored();
    }

    /** It sees nothing from now on. */
    public void kill() throws IOException {
        runs.close();
        watch.close();
    }

    /** What comes after this one was killed: the containers and networks stay as they are. */
    public Engine next() throws IOException {
        return unrestored().restored();
    }

    /** As {@link #next}, but its restore has not begun. */
    public Engine unrestored() throws IOException {
        kill();
        return new Engine(folder.root(), runtime, new EventStream());
    }

    /** As {@link #in(Path)}, with events that outlast it. */
    public static Engine withHistory(Path root) {
        return new Engine(root, new InMemoryRuntime(), history(root)).restored();
    }

    /** As {@link #next}, knowing what the one before told. */
    public Engine nextWithHistory() throws IOException {
        kill();
        return new Engine(folder.root(), runtime, history(folder.root())).restored();
    }

    private static EventStream history(Path root) {
        return new EventStream(EventLog.open(root.resolve("events"), EventLog.Limits.DEFAULT));
    }

    private Engine restored() {
        restore.run();
        return this;
    }

    /** The id of a container, whether or not an engine knows it. */
    public ContainerId id(String name) throws IOException {
        return new ContainerId(Files.readSymbolicLink(folder.names().resolve(name))
                .getFileName()
                .toString());
    }

    /** Does something at each removal. */
    public void removed(Runnable action) {
        events.follow(event -> {
            if (event.action().equals("destroy")) {
                action.run();
            }
        });
    }

    public ContainerRecord create(String name) {
        return containers.create(Optional.of(name), config(), host());
    }

    public ContainerRecord createAutoRemoved(String name) {
        return containers.create(Optional.of(name), config(), host(true, List.of()));
    }

    public static ContainerConfig config() {
        return config(Optional.empty(), Optional.of(List.of("serve")));
    }

    public static ContainerConfig config(Optional<List<String>> entrypoint, Optional<List<String>> cmd) {
        return new ContainerConfig(
                "",
                "",
                List.of(),
                entrypoint,
                cmd,
                "",
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OneImage.NAME);
    }

    public static HostConfig host() {
        return host(false, List.of());
    }

    public static HostConfig host(boolean autoRemove, List<PublishedPort> ports) {
        return new HostConfig(
                NetworkMode.BRIDGE,
                ports,
                List.of(),
                autoRemove,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                64 << 20,
                false,
                RestartPolicy.NO);
    }

    /** What conmon would write. */
    public void write(ContainerId container, String stream, String tag, String text) throws IOException {
        Files.writeString(
                folder.log(container),
                Instant.now() + " " + stream + " " + tag + " " + text + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    public List<String> happened() {
        return events.since(Instant.EPOCH).stream().map(Event::action).toList();
    }

    @Override
    public void close() throws IOException {
        kill();
        runtime.close();
        awaitAfterExits();
    }

    /** What follows an exit is done on threads of its own, which must not write into a folder that is being deleted. */
    public static void awaitAfterExits() {
        try {
            if (!Detached.awaitNone(PATIENCE)) {
                throw new AssertionError("work of an engine that is closed goes on after " + PATIENCE);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while an engine's work ended", e);
        }
    }
}
