package dev.dormouse.activator.service;

import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.activator.wake.WakeRequest;
import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.Listener;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container whose sockets are held here. Its states are those of {@link ServiceState}; all but {@link #address} and
 * {@link #snapshot} is called by tasks of the agenda only.
 */
public final class Service implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final String name;
    private final Surroundings around;
    private final Agenda agenda;
    private final Neighbours neighbours;
    private final Runnable onGone;
    private final UnitStop units;
    private final Listeners listeners = new Listeners();
    private final HeldClients held = new HeldClients();
    private final Declared declared;
    private final Quiet quiet;
    private final Setbacks setbacks;
    private final Timer idleTimer;
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
        this.quiet = new Quiet(agenda, listeners, declared);
        this.setbacks = new Setbacks(agenda);
        this.idleTimer = new Timer(agenda);
        this.retryTimer = new Timer(agenda);
        this.chronicle = new Chronicle(name, around.journal(), around.tally());
        this.lastWake = new LastWake(agenda, chronicle);
        this.clientDeadline = new ClientDeadline(name, agenda, declared, held, chronicle);
        this.putOffs = new PutOffs(agenda, chronicle);
    }

    /** Where one client is to go; at once while the container is awake. */
    @Override
    public CompletableFuture<? extends SocketAddress> address(Optional<ConnectFailed> failed) {
        ServiceState seen = state;
        if (seen instanceof ServiceState.Awake awake && failed.isEmpty() && awake.containerRuns()) {
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
        listeners.replace(handedOver);
        drain.ifPresent(Drain::cancel);
        drain = Optional.empty();
        units.ifInactive(Names.proxyUnit(name), () -> agenda.execute(this::notOurs));
        switch (state) {
            case ServiceState.Listening _, ServiceState.Gone _ when declared.isFiltered() -> expect();
            case ServiceState.Listening _, ServiceState.Gone _ -> wake(true);
            case ServiceState.Waking _, ServiceState.Awake _, ServiceState.Failed _ -> {}
            case ServiceState.Drowsy drowsy -> wakeUp(drowsy.before());
            case ServiceState.FallingAsleep _ -> wake(false);
        }
    }

    private void expect() {
        enter(new ServiceState.Listening());
        planIdle();
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
        if (state instanceof ServiceState.Failed) {
            chronicle.closed(held.close(NotServed.takenBack(name)));
        }
        begun.begin();
    }

    /** What it is doing. Call it from a task of the agenda. */
    public ServiceSnapshot snapshot() {
        String word = drain.isPresent() ? "draining" : state.word();
        return new ServiceSnapshot(
                name, word, listeners.connections(), held.count(), lastWake.phases(), listeners.traffic());
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

    /** The container was awake, but nothing accepted the connect. */
    private void rewake(ConnectFailed failed) {
        Duration delay = setbacks.refused(quiet.sinceAwake());
        LOG.info("{}: {} at {}; waking it", name, failed.words(), failed.address());
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
                if (awake.containerRuns()) {
                    held.connect(awake.address().join());
                } else {
                    wake(false);
                }
            }
            case ServiceState.Listening _ -> wake(false);
            case ServiceState.Failed _ -> retryTimer.plan(setbacks.untilRetry(), this::retry);
            case ServiceState.Waking _, ServiceState.Drowsy _, ServiceState.FallingAsleep _, ServiceState.Gone _ -> {}
        }
    }

    private void retry() {
        if (held.count() > 0) {
            wake(false);
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
                quiet.awake();
                declared.become(ready.config());
                enter(new ServiceState.Awake(ready.address(), ready.facts()));
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
        planIdle();
    }

    private void planIdle() {
        idleTimer.plan(quiet.left(state), this::idleCheck);
    }

    private void idleCheck() {
        if (!state.isSettled() || drain.isPresent()) {
            return;
        }
        if (!quiet.isOver(state)) {
            planIdle();
            return;
        }
        if (!neighbours.mayRest(this)) {
            // They tell when that changes.
            idleTimer.plan(declared.idle(), this::idleCheck);
            return;
        }
        ServiceState.Drowsy drowsy = new ServiceState.Drowsy(state);
        enter(drowsy);
        var _ = listeners.pause().whenComplete((_, _) -> agenda.execute(() -> paused(drowsy)));
    }

    private void paused(ServiceState.Drowsy drowsy) {
        if (state == drowsy && drain.isEmpty()) {
            drowsy.pause();
            neighbours.changed(this);
            reconsider();
        }
    }

    /** Looks again whether to sleep: a neighbour has changed. */
    void reconsider() {
        switch (state) {
            case ServiceState.Drowsy drowsy
            when drowsy.isPaused() && drain.isEmpty() -> {
                if (listeners.connections() > 0 || !neighbours.mayRest(this)) {
                    wakeUp(drowsy.before());
                } else if (neighbours.mayStop(this)) {
                    fallAsleep();
                }
            }
            case ServiceState.Awake _, ServiceState.Listening _, ServiceState.Failed _ -> idleCheck();
            case ServiceState.Drowsy _, ServiceState.Waking _, ServiceState.FallingAsleep _, ServiceState.Gone _ -> {}
        }
    }

    private void fallAsleep() {
        ServiceState.FallingAsleep falling = new ServiceState.FallingAsleep();
        enter(falling);
        long begun = agenda.nanos();
        neighbours.stop(
                Names.containerUnit(declared.container()),
                problem -> stopped(falling, problem, () -> {
                    chronicle.asleep(Duration.ofNanos(agenda.nanos() - begun));
                    // The sockets stay open here, paused, until that asks for them: whatever fails, somebody has them.
                    units.stop(
                            Names.proxyUnit(name),
                            failed -> agenda.execute(() -> stopped(falling, failed, () -> takeBack(() -> {}))));
                }));
    }

    /** Goes on falling asleep, unless something went wrong or somebody came. */
    private void stopped(ServiceState.FallingAsleep falling, Optional<String> problem, Runnable next) {
        if (state != falling) {
            return;
        }
        if (problem.isPresent() || held.count() > 0) {
            problem.ifPresent(chronicle::cannotSleep);
            problem.ifPresent(_ -> quiet.trouble());
            wakeUp(new ServiceState.Listening());
        } else {
            next.run();
        }
    }

    private void wakeUp(ServiceState next) {
        enter(next);
        listeners.resume();
        serveHeld();
        planIdle();
    }

    /** systemd listens on these sockets too: their service was stopped before this process could be told. */
    private void notOurs() {
        if (drain.isEmpty() && !(state instanceof ServiceState.Gone)) {
            LOG.info("{}: {} is not active, giving its sockets back", name, Names.proxyUnit(name));
            takeBack(() -> {});
        }
    }

    private void gone() {
        drain = Optional.empty();
        enter(new ServiceState.Gone());
        chronicle.closed(held.close(NotServed.takenBack(name)));
        around.tally().traffic(name, listeners.traffic());
        onGone.run();
    }

    private void enter(ServiceState next) {
        idleTimer.cancel();
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

    /** Whether it would sleep, or does. */
    boolean agreesToSleep() {
        return (state.isSettled() && drain.isEmpty() && quiet.isOver(state))
                || state instanceof ServiceState.Drowsy
                || state.isResting();
    }

    ServiceState state() {
        return state;
    }
}
