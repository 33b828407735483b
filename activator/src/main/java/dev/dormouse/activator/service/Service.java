package dev.dormouse.activator.service;

import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.activator.wake.WakePhases;
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

    /** Until its file has been read. */
    private static final Duration DEFAULT_IDLE = Duration.ofMinutes(10);

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);
    /** Before falling asleep is tried again; at least the idle time. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);
    /** A connect that fails this soon after the container was ready is not cured by waking at once again. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final String name;
    private final Surroundings around;
    private final Agenda agenda;
    private final Runnable onGone;
    private final UnitStop units;
    private final Listeners listeners = new Listeners();
    private final HeldClients held = new HeldClients();
    private final Timer idleTimer;
    private final Timer retryTimer;
    private final Chronicle chronicle;

    private volatile ServiceState state = new ServiceState.Listening();
    private Optional<ServiceConfig> config = Optional.empty();
    private Optional<WakePhases> lastWake = Optional.empty();
    private volatile Optional<WakeStory> story = Optional.empty();
    private Optional<Drain> drain = Optional.empty();
    private int failures;
    private int refusals;
    private long retryNanos;
    private long awakeNanos;

    /** A service that holds nothing yet; {@code onGone} is called when its sockets are systemd's again. */
    public Service(String name, Surroundings around, Runnable onGone) {
        this.name = name;
        this.around = around;
        this.agenda = around.agenda();
        this.onGone = onGone;
        this.units = new UnitStop(around);
        this.idleTimer = new Timer(agenda);
        this.retryTimer = new Timer(agenda);
        this.chronicle = new Chronicle(name, around.journal(), around.tally());
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
        story.ifPresent(WakeStory::answered);
    }

    /** Takes its sockets over, for the first time or in place of those it has. */
    public void handOver(List<Listener> handedOver) {
        listeners.replace(handedOver);
        drain.ifPresent(Drain::cancel);
        drain = Optional.empty();
        units.ifInactive(Names.proxyUnit(name), () -> agenda.execute(this::notOurs));
        switch (state) {
            case ServiceState.Listening _, ServiceState.Gone _ -> wake(true);
            case ServiceState.Waking _, ServiceState.Awake _, ServiceState.Failed _ -> {}
            case ServiceState.Drowsy drowsy -> wakeUp(drowsy.before());
            case ServiceState.FallingAsleep _ -> wake(false);
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
            chronicle.closed(held.close(takenBack()));
        }
        begun.begin();
    }

    /** What it is doing. Call it from a task of the agenda. */
    public ServiceSnapshot snapshot() {
        return new ServiceSnapshot(
                name, state.word(), listeners.connections(), held.count(), lastWake, listeners.traffic());
    }

    private void hold(CompletableFuture<SocketAddress> client, Optional<ConnectFailed> failed, ServiceState seen) {
        if (failed.isPresent()) {
            chronicle.connectFailed();
        }
        if (state instanceof ServiceState.Gone) {
            client.completeExceptionally(takenBack());
            return;
        }
        if (failed.isPresent() && failed.get().held().compareTo(deadline()) >= 0) {
            chronicle.overdue(failed.get());
            client.completeExceptionally(new NotServed(name + ": deadline over"));
            return;
        }
        held.add(client);
        switch (state) {
            case ServiceState.Awake awake when failed.isPresent() && seen == awake -> rewake(failed.get());
            case ServiceState.Failed _ -> {
                Agenda.Planned bound = agenda.schedule(deadline(), () -> {
                    boolean waited = held.close(client, new NotServed(name + ": deadline over"));
                    chronicle.closed(waited ? 1 : 0);
                });
                var _ = client.whenComplete((_, _) -> bound.cancel());
                serveHeld();
            }
            default -> serveHeld();
        }
    }

    /** The container was awake, but nothing accepted the connect. */
    private void rewake(ConnectFailed failed) {
        boolean settled = agenda.nanos() - awakeNanos > SETTLED.toNanos();
        refusals = settled ? 0 : refusals + 1;
        LOG.info("{}: {} at {}; waking it", name, failed.words(), failed.address());
        ServiceState.Waking waking = new ServiceState.Waking();
        enter(waking);
        Duration delay = settled ? Duration.ZERO : RetryDelay.afterRefusals(refusals);
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
            case ServiceState.Failed failed ->
                retryTimer.plan(Duration.ofNanos(retryNanos - agenda.nanos()), () -> retry(failed));
            case ServiceState.Waking _, ServiceState.Drowsy _, ServiceState.FallingAsleep _, ServiceState.Gone _ -> {}
        }
    }

    private void retry(ServiceState.Failed failed) {
        if (state == failed && held.count() > 0) {
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
        around.waker()
                .wake(
                        new WakeRequest(name, handedOver, () -> listeners.connections() > 0),
                        outcome -> agenda.execute(() -> woken(waking, outcome, begun)));
    }

    private void woken(ServiceState.Waking waking, WakeOutcome outcome, long begun) {
        if (state != waking) {
            return;
        }
        switch (outcome) {
            case WakeOutcome.Ready ready -> {
                failures = 0;
                awakeNanos = agenda.nanos();
                config = Optional.of(ready.config());
                enter(new ServiceState.Awake(ready.address(), ready.facts()));
                int clients = held.count(); // the story before they are connected: an answer may come at once
                story = Optional.of(new WakeStory(agenda, ready, clients, measured -> {
                    lastWake = Optional.of(measured.phases());
                    chronicle.awake(measured.phases(), clients, ready.facts().container());
                }));
                held.connect(ready.address());
                chronicle.ready();
            }
            case WakeOutcome.Dropped _ -> {
                chronicle.dropped(Duration.ofNanos(agenda.nanos() - begun));
                enter(new ServiceState.Listening());
                serveHeld();
            }
            case WakeOutcome.Failed failed -> {
                failures++;
                Duration delay = RetryDelay.after(failures);
                retryNanos = agenda.nanos() + delay.toNanos();
                enter(new ServiceState.Failed());
                int closed = held.close(new NotServed(failed.reason()));
                chronicle.failed(failed, Duration.ofNanos(agenda.nanos() - begun), closed, delay);
            }
        }
        planIdle();
    }

    private void planIdle() {
        Duration quiet = Duration.ofNanos(agenda.nanos() - listeners.lastActivityNanos());
        Duration left = listeners.connections() > 0 ? idle() : idle().minus(quiet);
        idleTimer.plan(left, this::idleCheck);
    }

    private void idleCheck() {
        boolean rests = state instanceof ServiceState.Awake
                || state instanceof ServiceState.Listening
                || state instanceof ServiceState.Failed;
        if (!rests || drain.isPresent()) {
            return;
        }
        long quiet = agenda.nanos() - listeners.lastActivityNanos();
        if (listeners.connections() > 0 || quiet < idle().toNanos()) {
            planIdle();
            return;
        }
        ServiceState.Drowsy drowsy = new ServiceState.Drowsy(state);
        enter(drowsy);
        var _ = listeners.pause().whenComplete((_, _) -> agenda.execute(() -> paused(drowsy)));
    }

    private void paused(ServiceState.Drowsy drowsy) {
        if (state != drowsy || drain.isPresent()) {
            return;
        }
        if (listeners.connections() > 0) {
            wakeUp(drowsy.before());
            return;
        }
        ServiceState.FallingAsleep falling = new ServiceState.FallingAsleep();
        enter(falling);
        long begun = agenda.nanos();
        units.stop(
                Names.containerUnit(name),
                problem -> agenda.execute(
                        () -> containerStopped(falling, problem, Duration.ofNanos(agenda.nanos() - begun))));
    }

    private void containerStopped(ServiceState.FallingAsleep falling, Optional<String> problem, Duration took) {
        if (state != falling) {
            return;
        }
        if (problem.isPresent() || held.count() > 0) {
            stayUp(problem);
            return;
        }
        chronicle.asleep(took);
        // The sockets stay open here, paused, until the service's stop has asked for them: whatever fails, somebody has
        // them.
        units.stop(Names.proxyUnit(name), failed -> agenda.execute(() -> proxyStopped(falling, failed)));
    }

    private void proxyStopped(ServiceState.FallingAsleep falling, Optional<String> problem) {
        if (state != falling) {
            return;
        }
        if (problem.isPresent() || held.count() > 0) {
            stayUp(problem);
        } else if (drain.isEmpty()) {
            takeBack(() -> {});
        }
    }

    private void stayUp(Optional<String> problem) {
        wakeUp(new ServiceState.Listening());
        if (problem.isPresent()) {
            chronicle.cannotSleep(problem.get());
            Duration pause = idle().compareTo(AFTER_TROUBLE) > 0 ? idle() : AFTER_TROUBLE;
            idleTimer.plan(pause, this::idleCheck);
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
        chronicle.closed(held.close(takenBack()));
        around.tally().traffic(name, listeners.traffic());
        onGone.run();
    }

    private NotServed takenBack() {
        return new NotServed("the socket of " + name + " has been taken back");
    }

    private void enter(ServiceState next) {
        idleTimer.cancel();
        retryTimer.cancel();
        state = next;
    }

    private Duration idle() {
        return config.map(ServiceConfig::idle).orElse(DEFAULT_IDLE);
    }

    private Duration deadline() {
        return config.map(ServiceConfig::deadline).orElse(DEFAULT_DEADLINE);
    }
}
