package dev.dormouse.daemon.api;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.log.LogQuery;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Containers in memory. A container writes what {@link #write} says and ends when it is stopped, killed or {@link #exit} is called. */
final class FakeContainers implements Containers {
    private final FakeEvents events;
    private final FakeImages images;
    private final Networks networks;
    private final Map<ContainerId, Box> boxes = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    private int followers;
    private int delivered;

    FakeContainers(FakeEvents events, FakeImages images, Networks networks) {
        this.networks = networks;
        this.events = events;
        this.images = images;
    }

    /** One container. */
    private static final class Box {
        private ContainerRecord record;
        private ContainerState state = new ContainerState.Created();
        private final List<LogEntry> log = new ArrayList<>();
        private int exits;

        Box(ContainerRecord record) {
            this.record = record;
        }

        boolean running() {
            return state instanceof ContainerState.Running;
        }

        int exitCode() {
            return state instanceof ContainerState.Exited exited ? exited.exitCode() : 0;
        }
    }

    @Override
    public synchronized ContainerRecord create(
            Optional<String> name, ContainerConfig config, HostConfig hostConfig, List<Endpoint> endpoints) {
        ContainerId id = ContainerId.random();
        String chosen = name.orElse("quiet_" + id.abbreviated());
        if (boxes.values().stream().anyMatch(box -> box.record.name().equals(chosen))) {
            throw new EngineException.Conflict("The container name \"/" + chosen + "\" is already in use");
        }
        List<dev.dormouse.daemon.network.Attachment> places = new ArrayList<>();
        endpoints.forEach(endpoint -> places.add(networks.allocate(id, endpoint, "eth" + places.size())));
        Box box = new Box(new ContainerRecord(
                ContainerRecord.SCHEMA,
                id,
                chosen,
                chosen,
                Instant.now(),
                images.get(config.image()).id(),
                config,
                hostConfig,
                places));
        boxes.put(id, box);
        publish(box, "create");
        return box.record;
    }

    @Override
    public synchronized void start(String reference) {
        Box box = box(reference);
        if (box.running()) {
            throw new EngineException.NotModified("it runs");
        }
        box.state = new ContainerState.Running(4711, Instant.now());
        publish(box, "start");
    }

    @Override
    public synchronized void stop(String reference, Optional<Integer> timeoutSeconds, Optional<String> signal) {
        calls.add("stop " + timeoutSeconds.map(Object::toString).orElse("-") + " " + signal.orElse("-"));
        Box box = box(reference);
        if (!box.running()) {
            throw new EngineException.NotModified("it does not run");
        }
        end(box, 0);
    }

    @Override
    public synchronized void restart(String reference, Optional<Integer> timeoutSeconds, Optional<String> signal) {
        if (box(reference).running()) {
            stop(reference, timeoutSeconds, signal);
        }
        start(reference);
    }

    @Override
    public synchronized void kill(String reference, String signal) {
        calls.add("kill " + signal);
        Box box = box(reference);
        if (!box.running()) {
            throw new EngineException.Conflict("container " + box.record.name() + " is not running");
        }
        end(box, 137);
    }

    @Override
    public synchronized void update(String reference, RestartPolicy policy) {
        Box box = box(reference);
        box.record = box.record.with(box.record.hostConfig().withRestartPolicy(policy));
    }

    @Override
    public synchronized void rename(String reference, String newName) {
        Box box = box(reference);
        ContainerRecord old = box.record;
        box.record = new ContainerRecord(
                old.schema(),
                old.id(),
                newName,
                old.unitName(),
                old.created(),
                old.image(),
                old.config(),
                old.hostConfig(),
                old.networks());
        publish(box, "rename");
    }

    synchronized void connect(String reference, Endpoint endpoint) {
        Box box = box(reference);
        List<dev.dormouse.daemon.network.Attachment> more = new ArrayList<>(box.record.networks());
        more.add(networks.allocate(box.record.id(), endpoint, "eth" + more.size()));
        box.record = box.record.withNetworks(more);
    }

    synchronized void disconnect(String reference, String network) {
        Box box = box(reference);
        String id = networks.get(network).network().id();
        networks.release(box.record.id(), id);
        box.record = box.record.withNetworks(box.record.networks().stream()
                .filter(place -> !place.network().id().equals(id))
                .toList());
    }

    @Override
    public synchronized void remove(String reference, boolean force) {
        Box box = box(reference);
        if (box.running()) {
            if (!force) {
                throw new EngineException.Conflict(
                        "cannot remove container \"/" + box.record.name() + "\": container is running");
            }
            end(box, 137);
        }
        boxes.remove(box.record.id());
        publish(box, "destroy");
        notifyAll();
    }

    @Override
    public synchronized Container inspect(String reference) {
        Box box = box(reference);
        return new Container(box.record, box.state, Optional.empty(), 0);
    }

    @Override
    public synchronized List<Container> list() {
        return boxes.values().stream()
                .map(box -> new Container(box.record, box.state, Optional.empty(), 0))
                .sorted(Comparator.comparing(
                                (Container container) -> container.record().created())
                        .reversed())
                .toList();
    }

    @Override
    public synchronized ExitWait waitFor(String reference, WaitCondition condition) {
        Box box = box(reference);
        int before = box.exits;
        calls.add("wait " + condition);
        return () -> {
            synchronized (this) {
                while (switch (condition) {
                    case NOT_RUNNING -> box.running();
                    case NEXT_EXIT -> box.exits == before;
                    case REMOVED -> boxes.containsValue(box);
                }) {
                    wait();
                }
                return box.exitCode();
            }
        };
    }

    @Override
    public void logs(String reference, LogQuery query, Consumer<LogEntry> sink) {
        Box box;
        synchronized (this) {
            box = box(reference);
        }
        int skip =
                query.tail().map(lines -> Math.max(0, box.log.size() - lines)).orElse(0);
        try {
            deliver(box, skip, query.follow(), entry -> {
                if (entry.stream() == LogEntry.Stream.STDOUT ? query.stdout() : query.stderr()) {
                    sink.accept(entry);
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized Attachment attach(String reference) {
        Box box = box(reference);
        int seen = box.log.size();
        int exits = box.exits;
        calls.add("attach");
        return sink -> {
            synchronized (this) {
                while (!box.running() && box.exits == exits) {
                    wait();
                }
            }
            deliver(box, seen, true, sink);
        };
    }

    private void deliver(Box box, int from, boolean follow, Consumer<LogEntry> sink) throws InterruptedException {
        followers(1);
        try {
            int next = from;
            while (true) {
                LogEntry entry;
                synchronized (this) {
                    while (next >= box.log.size() && follow && box.running()) {
                        wait();
                    }
                    if (next >= box.log.size()) {
                        return;
                    }
                    entry = box.log.get(next++);
                }
                sink.accept(entry);
                synchronized (this) {
                    delivered++;
                }
            }
        } finally {
            followers(-1);
        }
    }

    private synchronized void followers(int more) {
        followers += more;
        notifyAll();
    }

    /** Blocks until so many read a container's output. */
    synchronized void awaitFollowers(int count) throws InterruptedException {
        while (followers != count) {
            wait();
        }
    }

    /** How many pieces of output the readers have taken. */
    synchronized int delivered() {
        return delivered;
    }

    /** The container writes. */
    synchronized void write(String reference, LogEntry.Stream stream, byte[] bytes) {
        box(reference).log.add(new LogEntry(Instant.parse("2026-01-02T03:04:05.6Z"), stream, bytes));
        notifyAll();
    }

    /** The container's process ends by itself. */
    synchronized void exit(String reference, int code) {
        end(box(reference), code);
    }

    private void end(Box box, int code) {
        Instant started = box.state instanceof ContainerState.Running running ? running.startedAt() : Instant.now();
        box.state = new ContainerState.Exited(code, started, Instant.now(), "");
        box.exits++;
        publish(box, "die");
        if (box.record.hostConfig().autoRemove()) {
            boxes.remove(box.record.id());
        }
        notifyAll();
    }

    private void publish(Box box, String action) {
        events.publish(new Event(
                "container",
                action,
                box.record.id().value(),
                Map.of("name", box.record.name(), "image", box.record.config().image()),
                Instant.now()));
        notifyAll();
    }

    private Box box(String reference) {
        String name = reference.startsWith("/") ? reference.substring(1) : reference;
        return boxes.values().stream()
                .filter(box -> box.record.name().equals(name)
                        || (name.length() >= 4 && box.record.id().value().startsWith(name)))
                .findFirst()
                .orElseThrow(() -> new EngineException.NotFound("No such container: " + reference));
    }
}
