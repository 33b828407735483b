package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Faults;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * A runtime without processes, held to the same contract as the real one. What a container's process would do by itself the test
 * does: {@link #exit}, {@link #failStart}, {@link #ignoreStopSignal}. Thread-safe.
 */
public final class InMemoryRuntime implements ContainerRuntime, AutoCloseable {
    private static final int TERMINATED = 143;
    private static final int KILLED = 137;
    private static final int NOT_FOUND = 127;

    private final Map<ContainerId, Running> running = new HashMap<>();
    private final Map<ContainerId, Exit> exits = new HashMap<>();
    private final Map<ContainerId, String> startFailures = new HashMap<>();
    private final Map<ContainerId, Integer> exitsAtOnce = new HashMap<>();
    private final Map<ContainerId, Restarts> restarts = new HashMap<>();
    private final Set<ContainerId> compiled = new HashSet<>();
    private final Set<ContainerId> deaf = new HashSet<>();
    private final List<String> signals = new ArrayList<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final Thread deliverer = Thread.startVirtualThread(this::deliver);
    private final Set<ContainerId> frozen = new HashSet<>();
    private final Set<ContainerId> orphans = new HashSet<>();
    private final List<String> repairs = new ArrayList<>();
    private final InMemoryObservation observation = new InMemoryObservation(this);
    private long nextPid = 1000;

    /** The container's process ends by itself. */
    public synchronized void exit(ContainerId container, int exitCode) {
        Running process = running.remove(container);
        if (process == null) {
            throw new IllegalStateException(container + " does not run");
        }
        Exit exit = new Exit(exitCode, process.startedAt(), Instant.now());
        exits.put(container, exit);
        changes.add(new Change.Exited(container, exit));
        notifyAll();
    }

    /** Every start of it fails with this message from now on. */
    public synchronized void failStart(ContainerId container, String message) {
        startFailures.put(container, message);
    }

    /** Starts of it work again. */
    public synchronized void letStart(ContainerId container) {
        startFailures.remove(container);
    }

    /** Its process ends with this code as soon as it was started. */
    public synchronized void exitAtOnce(ContainerId container, int exitCode) {
        exitsAtOnce.put(container, exitCode);
    }

    /** Its process does not react to the stop signal: a stop lasts as long as its time-out. */
    public synchronized void ignoreStopSignal(ContainerId container) {
        deaf.add(container);
    }

    /** What the scripts would have written. */
    public synchronized void plan(ContainerId container, Restarts planned) {
        restarts.put(container, planned);
    }

    /** Whether it is compiled and not discarded. */
    public synchronized boolean isCompiled(ContainerId container) {
        return compiled.contains(container);
    }

    /** {@code ID SIGNAL} for every signal that was sent by {@link #stop} and {@link #kill}, in order. */
    public synchronized List<String> signals() {
        return List.copyOf(signals);
    }

    @Override
    public synchronized void compile(ContainerRecord container) {
        Faults.pass("compile", container.name());
        compiled.add(container.id());
    }

    @Override
    public synchronized void start(ContainerRecord container) {
        Faults.pass("start", container.name());
        ContainerId id = container.id();
        String failure = startFailures.get(id);
        if (failure != null) {
            exits.put(id, new Exit(NOT_FOUND, Instant.EPOCH, Instant.now()));
            throw new EngineException.Failed(failure);
        }
        if (running.containsKey(id)) {
            return;
        }
        if (!compiled.contains(id)) {
            throw new EngineException.Failed("container " + container.name() + " is not compiled");
        }
        exits.remove(id);
        restarts.remove(id);
        Running process = new Running(nextPid++, Instant.now());
        running.put(id, process);
        changes.add(new Change.Started(id, process));
        Integer exitCode = exitsAtOnce.get(id);
        if (exitCode != null) {
            exit(id, exitCode);
        }
    }

    @Override
    public void stopForNow(ContainerRecord container) {
        stop(container, Optional.empty(), Optional.empty());
    }

    @Override
    public synchronized void stop(
            ContainerRecord container, Optional<Integer> timeoutSeconds, Optional<String> signal) {
        Faults.pass("stop", container.name());
        ContainerId id = container.id();
        if (!running.containsKey(id)) {
            restarts.remove(id);
            return;
        }
        signals.add(id + " "
                + signal.map(InMemoryRuntime::checked)
                        .or(() -> container.config().stopSignal())
                        .orElse("SIGTERM"));
        if (!deaf.contains(id)) {
            exit(id, TERMINATED);
            return;
        }
        int seconds =
                timeoutSeconds.or(() -> container.config().stopTimeoutSeconds()).orElse(10);
        awaitExit(id, seconds);
        if (running.containsKey(id)) {
            signals.add(id + " SIGKILL");
            exit(id, KILLED);
        }
    }

    @Override
    public synchronized void kill(ContainerRecord container, String signal) {
        ContainerId id = container.id();
        String name = Signals.forShell(signal);
        if (!running.containsKey(id)) {
            throw new EngineException.Conflict("container " + container.name() + " is not running");
        }
        signals.add(id + " " + signal);
        switch (name) {
            case "KILL" -> exit(id, KILLED);
            case "TERM" -> {
                if (!deaf.contains(id)) {
                    exit(id, TERMINATED);
                }
            }
            default -> {} // a process decides by itself what any other signal does to it
        }
    }

    @Override
    public void expectKill(ContainerRecord container) {
        // Nothing restarts a container by itself here.
    }

    @Override
    public synchronized Restarts restarts(ContainerRecord container) {
        return restarts.getOrDefault(container.id(), Restarts.NONE);
    }

    @Override
    public boolean restartsByItself() {
        return false;
    }

    /** Which networks each running container was put on, in order. */
    public final List<String> connected = new CopyOnWriteArrayList<>();

    /** What the next connect fails with. */
    public volatile Optional<String> connectFailure = Optional.empty();

    @Override
    public void connect(ContainerRecord container) {
        if (running(container).isEmpty()) {
            return;
        }
        Optional<String> failure = connectFailure;
        connectFailure = Optional.empty();
        failure.ifPresent(why -> {
            throw new EngineException.Failed(why);
        });
        connected.add(container.name() + " "
                + container.networks().stream()
                        .map(place -> place.network().name())
                        .toList());
    }

    @Override
    public void leaveUnit(ContainerRecord container) {
        if (running(container).isPresent()) {
            throw new EngineException.Conflict("container " + container.name() + " is running: stop it first");
        }
    }

    @Override
    public synchronized void discard(ContainerRecord container) {
        Faults.pass("discard", container.name());
        if (running.containsKey(container.id())) {
            throw new EngineException.Conflict("container " + container.name() + " is running: stop it first");
        }
        compiled.remove(container.id());
        exits.remove(container.id());
    }

    @Override
    public synchronized Optional<Running> running(ContainerRecord container) {
        return Optional.ofNullable(running.get(container.id()));
    }

    @Override
    public synchronized Optional<Exit> lastExit(ContainerRecord container) {
        return Optional.ofNullable(exits.get(container.id()));
    }

    @Override
    public synchronized boolean isFrozen(ContainerRecord container) {
        return frozen.contains(container.id());
    }

    @Override
    public InMemoryObservation observation() {
        return observation;
    }

    @Override
    public RunRepair repair() {
        return new RunRepair() {
            @Override
            public void tearDown(ContainerRecord container) {
                repaired("tear down " + container.name());
                observation.forget(container.id());
                if (running(container).isPresent()) {
                    exit(container.id(), KILLED);
                }
            }

            @Override
            public void bindNamespace(ContainerRecord container) {
                repaired("bind namespace of " + container.name());
            }

            @Override
            public void tearDownOrphan(ContainerId id) {
                repaired("tear down orphan " + id.abbreviated());
                orphans.remove(id);
            }
        };
    }

    /** What was repaired, in order. */
    public synchronized List<String> repairs() {
        return List.copyOf(repairs);
    }

    /** Its process is frozen from now on. */
    public synchronized void freeze(ContainerId container) {
        frozen.add(container);
    }

    /** Something of a run is there of a container that this runtime was never told of. */
    public synchronized void leaveOrphan(ContainerId container) {
        orphans.add(container);
    }

    private synchronized void repaired(String what) {
        repairs.add(what);
    }

    synchronized Optional<Running> process(ContainerId container) {
        return Optional.ofNullable(running.get(container));
    }

    synchronized Optional<Exit> ended(ContainerId container) {
        return Optional.ofNullable(exits.get(container));
    }

    synchronized boolean frozen(ContainerId container) {
        return frozen.contains(container);
    }

    synchronized Set<ContainerId> traces() {
        Set<ContainerId> traces = new HashSet<>(orphans);
        traces.addAll(running.keySet());
        return traces;
    }

    @Override
    public Subscription watch(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        deliverer.interrupt();
        try {
            // What it is just telling a listener may begin work that the listener's owner waits for.
            deliverer.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String checked(String signal) {
        Signals.forShell(signal);
        return signal;
    }

    private void awaitExit(ContainerId id, int seconds) {
        long deadline = seconds < 0 ? Long.MAX_VALUE : System.nanoTime() + seconds * 1_000_000_000L;
        try {
            while (running.containsKey(id) && (seconds < 0 || deadline - System.nanoTime() > 0)) {
                wait(seconds < 0 ? 0 : Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Failed("interrupted while stopping " + id, e);
        }
    }

    private void deliver() {
        try {
            while (true) {
                Change change = changes.take();
                listeners.forEach(listener -> listener.accept(change));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
