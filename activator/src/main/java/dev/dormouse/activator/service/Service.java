package dev.dormouse.activator.service;

import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.succession.Legacy;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.activator.wake.WakeRequest;
import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.Listener;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A container whose sockets are held here. Its states are those of {@link ServiceState}; all but {@link #address} and
 * {@link #snapshot} is called by tasks of the agenda only.
 */
public final class Service implements Backend {
    private final String name;
    private final Surroundings around;
    private final Agenda agenda;
    private final Neighbours neighbours;
    private final Runnable onGone;
    private final UnitStop units;
    private final Listeners listeners = new Listeners();
    private final HeldClients held = new HeldClients();
    private final Declared declared;
    private final CpuWatch cpu;
    private final ExecVisits visits;
    private final Quiet quiet;
    private final WayToSleep toSleep;
    private final Setbacks setbacks;
    private final Timer retryTimer;
    private final Chronicle chronicle;
    private final LastWake lastWake;
    private final ClientDeadline clientDeadline;
    private final PutOffs putOffs;
    private volatile ServiceState state = new ServiceState.Listening();
    private Optional<Drain> drain = Optional.empty();

    /** A service that holds nothing yet; {@code onGone} is called when its sockets are systemd's again. */
    public Service(String name, Surroundings around, Neighbours neighbours, Runnable onGone) {
        this.name = name;
        this.around = around;
        this.agenda = around.agenda();
        this.neighbours = neighbours;
        this.onGone = onGone;
        this.units = new UnitStop(around);
        this.declared = new Declared(name);
        this.cpu = new CpuWatch(name, around, declared);
        this.visits = new ExecVisits(agenda);
        this.quiet = new Quiet(agenda, listeners, declared, cpu, visits);
        this.setbacks = new Setbacks(agenda);
        this.retryTimer = new Timer(agenda);
        this.chronicle = new Chronicle(name, declared::container, around.journal(), around.tally());
        this.toSleep = new WayToSleep(this, around, neighbours, listeners, quiet, chronicle);
        this.lastWake = new LastWake(agenda, chronicle);
        this.clientDeadline = new ClientDeadline(name, agenda, declared, held, chronicle);
        this.putOffs = new PutOffs(agenda, chronicle);
    }

    /** Where one client is to go; at once while the container is awake. */
    @Override
    public CompletableFuture<? extends SocketAddress> address(Optional<ConnectFailed> failed) {
        ServiceState seen = state;
        if (seen instanceof ServiceState.Awake awake && failed.isEmpty() && awake.isOpen()) {
            return awake.address();
        }
        CompletableFuture<SocketAddress> client = new CompletableFuture<>();
        agenda.execute(() -> hold(client, failed, seen));
        return client;
    }

    @Override
    public void answered() {
        lastWake.answered();
    }

    @Override
    public void putOff() {
        putOffs.add();
    }

    /** Takes its sockets over, for the first time or anew. One that lets in some clients only is woken by such a client. */
    public void handOver(List<Listener> handedOver, Optional<ServiceConfig> declaration) {
        declaration.ifPresent(declared::become);
        replace(handedOver);
        drain.ifPresent(Drain::cancel);
        drain = Optional.empty();
        switch (state) {
            case ServiceState.Listening _, ServiceState.Gone _ when declared.isFiltered() -> expect();
            case ServiceState.Listening _, ServiceState.Gone _ -> wake(true);
            case ServiceState.Waking _, ServiceState.Awake _, ServiceState.Failed _ -> {}
            case ServiceState.Drowsy drowsy -> wakeUp(drowsy.before());
            case ServiceState.FallingAsleep _ -> wake(false);
        }
    }

    /** Takes over what an earlier process left, which wakes nothing. */
    public void inherit(List<Listener> inherited, Optional<ServiceConfig> config, boolean awake) {
        replace(inherited);
        config.ifPresent(declared::become);
        Optional<WakeOutcome.Ready> ready = config.filter(_ -> awake).flatMap(around.waker()::awake);
        ready.ifPresent(this::isAwake);
        toSleep.plan();
    }

    private void replace(List<Listener> next) {
        listeners.replace(next);
        units.ifInactive(Names.proxyUnit(name), () -> agenda.execute(this::notOurs));
    }

    /** Leaves all that it holds to the next process; nobody is served here any more. */
    public CompletableFuture<Legacy> bequeath() {
        boolean awake = state instanceof ServiceState.Awake;
        return listeners.giveUp().thenApply(givenUp -> Legacy.of(name, awake, givenUp));
    }

    private void expect() {
        enter(new ServiceState.Listening());
        toSleep.plan();
        units.ifActive(Names.containerUnit(declared.container()), () -> agenda.execute(this::containerRuns));
    }

    private void containerRuns() {
        if (state instanceof ServiceState.Listening) {
            wake(false);
        }
    }

    /**
     * Gives its sockets back: no client is accepted any more, those that are here may go on for the bounded time.
     *
     * @param done called when the descriptors are closed
     */
    public void takeBack(Runnable done) {
        if (drain.isPresent()) {
            drain.get().await(done);
            return;
        }
        Drain begun = new Drain(name, around, listeners, this::gone);
        begun.await(done);
        drain = Optional.of(begun);
        // Whoever has the sockets next does not know.
        neighbours.freezes().thaw(this);
        if (state instanceof ServiceState.Failed) {
            chronicle.closed(held.close(NotServed.takenBack(name)));
        }
        begun.begin();
    }

    /** Whether its sockets are being given back. */
    public boolean isDraining() {
        return drain.isPresent();
    }

    /** What it is doing. Call it from a task of the agenda. */
    public ServiceSnapshot snapshot() {
        String word = drain.isPresent() ? "draining" : state.word();
        return new ServiceSnapshot(
                name,
                word,
                listeners.connections(),
                held.count(),
                listeners.heldBack(),
                lastWake.phases(),
                listeners.traffic(),
                listeners.losses());
    }

    private void hold(CompletableFuture<SocketAddress> client, Optional<ConnectFailed> failed, ServiceState seen) {
        failed.ifPresent(_ -> chronicle.connectFailed());
        if (state instanceof ServiceState.Gone) {
            client.completeExceptionally(NotServed.takenBack(name));
            return;
        }
        if (failed.isPresent() && clientDeadline.isOver(client, failed.get())) {
            return;
        }
        held.add(client);
        switch (state) {
            case ServiceState.Awake awake when failed.isPresent() && seen == awake -> rewake(failed.get());
            case ServiceState.Failed _ -> {
                clientDeadline.bound(client);
                serveHeld();
            }
            default -> serveHeld();
        }
    }

    private void rewake(ConnectFailed failed) {
        Duration delay = setbacks.refused(quiet.sinceAwake());
        chronicle.refused(failed);
        ServiceState.Waking waking = new ServiceState.Waking();
        enter(waking);
        agenda.schedule(delay, () -> begin(waking, false));
    }

    private void serveHeld() {
        if (held.count() == 0) {
            return;
        }
        switch (state) {
            case ServiceState.Awake awake -> {
                if (awake.isOpen()) {
                    held.connect(awake.address().join());
                } else if (awake.containerRuns()) {
                    neighbours.freezes().thaw(this);
                } else {
                    wake(false);
                }
            }
            case ServiceState.Listening _ -> wake(false);
            case ServiceState.Failed _ ->
                retryTimer.plan(setbacks.untilRetry(), () -> {
                    if (held.count() > 0) {
                        wake(false);
                    }
                });
            case ServiceState.Waking _, ServiceState.Drowsy _, ServiceState.FallingAsleep _, ServiceState.Gone _ -> {}
        }
    }

    private void wake(boolean handedOver) {
        ServiceState.Waking waking = new ServiceState.Waking();
        enter(waking);
        begin(waking, handedOver);
    }

    private void begin(ServiceState.Waking waking, boolean handedOver) {
        long begun = agenda.nanos();
        neighbours.wake(
                this,
                new WakeRequest(name, handedOver, this::isAwaited),
                outcome -> agenda.execute(() -> woken(waking, outcome, begun)));
    }

    /** Whether its container is still wanted: the clients that have come have not all gone, or a service that needs it waits. */
    private boolean isAwaited() {
        return putOffs.any() || listeners.connections() > 0 || held.count() == 0 || neighbours.isAwaited(this);
    }

    private void woken(ServiceState.Waking waking, WakeOutcome outcome, long begun) {
        if (state != waking) {
            return;
        }
        putOffs.wakeEnded();
        switch (outcome) {
            case WakeOutcome.Ready ready -> {
                setbacks.woken();
                isAwake(ready);
                int clients = held.count(); // the story before they are connected: an answer may come at once
                lastWake.begins(ready, clients);
                held.connect(ready.address());
                chronicle.ready();
            }
            case WakeOutcome.Dropped _ -> {
                chronicle.dropped(Duration.ofNanos(agenda.nanos() - begun));
                enter(new ServiceState.Listening());
                if (!isAwaited()) {
                    held.close(new NotServed(name + ": gone before its turn came"));
                }
                serveHeld();
            }
            case WakeOutcome.Failed failed -> {
                Duration delay = setbacks.failed();
                enter(new ServiceState.Failed());
                int closed = held.close(new NotServed(failed.reason()));
                chronicle.failed(failed, Duration.ofNanos(agenda.nanos() - begun), closed, delay);
            }
        }
        toSleep.plan();
    }

    private void isAwake(WakeOutcome.Ready ready) {
        quiet.awake();
        declared.become(ready.config());
        Freezer freezer = neighbours.freezes().of(declared.container(), ready.facts());
        enter(new ServiceState.Awake(ready.address(), ready.facts(), freezer));
        cpu.begin(freezer.cgroup());
        visits.begin();
    }

    /** Its container has been frozen, or could not be. */
    void frozen(Optional<String> problem, Duration took) {
        problem.ifPresentOrElse(
                words -> {
                    chronicle.cannotFreeze(words);
                    quiet.cannotFreeze();
                },
                () -> {
                    chronicle.frozen(took);
                    visits.frozen();
                });
        toSleep.plan();
        neighbours.changed(this);
        // Whose session began when this one was being frozen has found nothing to thaw.
        agenda.execute(toSleep::look);
    }

    /** Its container has been thawed: for a client, or for a neighbour. */
    void thawed(Optional<String> problem, Duration took) {
        problem.ifPresentOrElse(chronicle::cannotThaw, () -> chronicle.thawed(took));
        serveHeld();
        toSleep.look();
    }

    /** Looks again whether to sleep: a neighbour has changed. */
    void reconsider() {
        toSleep.look();
    }

    void wakeUp(ServiceState next) {
        enter(next);
        listeners.resume();
        serveHeld();
        toSleep.plan();
    }

    private void notOurs() {
        if (drain.isEmpty() && !(state instanceof ServiceState.Gone)) {
            chronicle.notOurs();
            takeBack(() -> {});
        }
    }

    private void gone() {
        drain = Optional.empty();
        cpu.end();
        enter(new ServiceState.Gone());
        chronicle.closed(held.close(NotServed.takenBack(name)));
        around.tally().traffic(name, listeners.traffic());
        around.tally().losses(name, listeners.losses());
        onGone.run();
    }

    void enter(ServiceState next) {
        toSleep.cancel();
        retryTimer.cancel();
        state = next;
        neighbours.changed(this);
    }

    String name() {
        return name;
    }

    Declared declared() {
        return declared;
    }

    boolean hasHeld() {
        return held.count() > 0;
    }

    /** Whether somebody is in its container by {@code docker exec}; looks. */
    boolean isVisited() {
        ServiceState seen = state instanceof ServiceState.Drowsy drowsy ? drowsy.before() : state;
        return seen instanceof ServiceState.Awake awake && visits.look(awake.facts());
    }

    /** Whether somebody has been there since it was frozen, as the last look saw it. */
    boolean wasVisitedFrozen() {
        return visits.cameSinceFrozen();
    }

    /** Whether somebody is connected, or waits. */
    boolean hasClients() {
        return listeners.connections() > 0 || hasHeld();
    }

    /** Whether nobody is there for whom to do less than all. */
    boolean isQuiet() {
        return (state.isSettled() && drain.isEmpty() && quiet.isStageOver(state)) || isBound();
    }

    /** Whether its container may be frozen, as far as it goes. */
    boolean agreesToFreeze() {
        return drain.isEmpty() && !isVisited() && quiet.isFreezeDue(state) && toSleep.isConsented();
    }

    /** Whether it would sleep, or does. */
    boolean agreesToSleep() {
        return (state.isSettled() && drain.isEmpty() && !isVisited() && quiet.isOver(state) && toSleep.isConsented())
                || isBound();
    }

    private boolean isBound() {
        return state instanceof ServiceState.Drowsy || state.isResting();
    }

    ServiceState state() {
        return state;
    }
}
