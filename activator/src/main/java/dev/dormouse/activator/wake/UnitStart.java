package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.Names;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.units.manager.SystemdManager.UnitState;
import dev.dormouse.units.manager.SystemdManager.Watch;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the container's unit started, once: by systemd itself where it did that with the hand-over, else in turn through the manager. Then
 * watches that it stays up. One thread runs it and blocks; others may look at what came of it, and close it.
 */
final class UnitStart implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnitStart.class);
    private static final Watch NONE = () -> {};
    /** What systemd calls it when container-prepare found no free slot for a start that it had not been asked for by us. */
    private static final String SKIPPED = "exec-condition";

    private final WakeRequest request;
    private final String container;
    private final String unit;
    private final SystemdManager manager;
    private final WakeSlots slots;
    private final StartSlots startSlots;
    private final Duration queueDeadline;
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();
    private volatile Optional<CompletableFuture<Optional<WakeSlots.Slot>>> queue = Optional.empty();
    private volatile Optional<Long> turnNanos = Optional.empty();
    private volatile Optional<WakeOutcome> failure = Optional.empty();
    private Optional<WakeSlots.Slot> slot = Optional.empty();
    private Watch watch = NONE;
    private boolean ended;
    private volatile boolean hasQueued;
    private volatile boolean closed;

    UnitStart(
            WakeRequest request,
            String container,
            SystemdManager manager,
            WakeSlots slots,
            StartSlots startSlots,
            Duration queueDeadline) {
        this.request = request;
        this.container = container;
        this.unit = Names.containerUnit(container);
        this.manager = manager;
        this.slots = slots;
        this.startSlots = startSlots;
        this.queueDeadline = queueDeadline;
    }

    /** Why the container will not be ready; empty while it may. */
    Optional<WakeOutcome> failure() {
        return failure;
    }

    /** When it got its slot; empty while it waits for one, and while it is not known yet whether systemd has started it. */
    Optional<Long> turnNanos() {
        return turnNanos;
    }

    /** Whether it waits for its turn. */
    boolean isQueued() {
        return queue.isPresent();
    }

    /** Whether it was not systemd's own start, so that it had to wait for its turn, however shortly. */
    boolean hasQueued() {
        return hasQueued && turnNanos.isPresent();
    }

    /** Completes with whether the unit came up, on any thread. */
    CompletableFuture<Boolean> up() {
        return up;
    }

    /** Returns at once unless it waits for its turn; then when that has come, at the latest after the time. */
    void awaitTurn(Duration time) throws InterruptedException {
        Optional<CompletableFuture<Optional<WakeSlots.Slot>>> waiting = queue;
        if (waiting.isPresent()) {
            try {
                waiting.get().get(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                // The caller has looked after its own time.
            } catch (ExecutionException e) {
                throw new IllegalStateException("a turn cannot fail", e);
            }
        }
    }

    @Override
    public void run() {
        try {
            start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(WakeFailure.UNIT_FAILED, "container " + container + ": interrupted while starting " + unit);
        } catch (SystemdException e) {
            if (request.handedOver()) {
                // systemd itself is starting the container: not being able to ask about it changes nothing.
                LOG.warn("{}: cannot ask systemd about {}: {}", request.name(), unit, e.getMessage());
                up.complete(false);
            } else {
                fail(
                        WakeFailure.UNIT_FAILED,
                        "container " + container + ": cannot start " + unit + ": " + e.getMessage());
            }
        }
    }

    private void start() throws InterruptedException {
        HandedOverStart handedOver = new HandedOverStart(request, unit, manager);
        // A start now would cancel the job of a stop that is under way: `systemctl stop` would fail for its caller.
        UnitState state = new UnitWait(manager, unit, () -> closed)
                .whileIn(now -> now.active().equals("deactivating") || handedOver.isAhead(now));
        if (closed) {
            keepWatch(); // it was seen to be ready meanwhile; all that is left is to learn when its unit was up
            return;
        }
        if (handedOver.hasFailed(state)) {
            failed(WakeFailure.UNIT_FAILED, "did not start", state.result());
            return;
        }
        if (handedOver.isUnderWay(state)) {
            begin(slots.take());
        } else if (!enter() || !started()) {
            return;
        }
        keepWatch();
    }

    /** Whether its turn has come. */
    private boolean enter() throws InterruptedException {
        CompletableFuture<Optional<WakeSlots.Slot>> turn = slots.enter(request.wanted());
        hasQueued = true;
        queue = Optional.of(turn);
        try {
            awaitTurn(queueDeadline);
            // Whoever gives up its place takes nothing: only if it still had none.
            if (turn.complete(Optional.empty())) {
                fail(
                        WakeFailure.QUEUE_TIMEOUT,
                        "container " + container + ": still waiting after " + queueDeadline.toSeconds()
                                + " s for one of the " + slots.most()
                                + " wakes that may be under way at a time (/etc/dormouse/max-wakes)");
                return false;
            }
        } finally {
            queue = Optional.empty();
        }
        Optional<WakeSlots.Slot> mine = turn.join();
        if (mine.isEmpty()) {
            failure = Optional.of(new WakeOutcome.Dropped());
            up.complete(false);
            return false;
        }
        begin(mine.get());
        return true;
    }

    private synchronized void begin(WakeSlots.Slot taken) {
        turnNanos = Optional.of(System.nanoTime());
        slot = Optional.of(taken);
        if (closed) {
            taken.close();
        }
    }

    private boolean started() throws InterruptedException {
        startSlots.awaitFree();
        JobResult result = manager.start(unit);
        if (result == JobResult.DONE && manager.state(unit).result().equals(SKIPPED)) {
            // The job was systemd's own, which found no slot. This one is ours, and is not asked for one.
            result = manager.start(unit);
        }
        if (result != JobResult.DONE) {
            failed(WakeFailure.UNIT_FAILED, "did not start", result.name().toLowerCase(Locale.ROOT));
            return false;
        }
        up.complete(true);
        return true;
    }

    private synchronized void keepWatch() {
        if (!ended) {
            watch = manager.watch(unit, this::changed);
            changed(manager.state(unit));
        }
    }

    private void changed(UnitState state) {
        switch (state.active()) {
            case "active" -> up.complete(true);
            case "failed", "inactive" -> {
                boolean was = up.getNow(false);
                failed(
                        was ? WakeFailure.ENDED : WakeFailure.UNIT_FAILED,
                        was ? "ended before it was ready" : "did not start",
                        state.result());
            }
            default -> {}
        }
    }

    private void failed(WakeFailure kind, String what, String result) {
        fail(
                kind,
                "container " + container + ": " + unit + " " + what + " (result " + result + "); see journalctl -u "
                        + unit);
    }

    private void fail(WakeFailure kind, String reason) {
        failure = Optional.of(new WakeOutcome.Failed(kind, reason));
        up.complete(false);
    }

    /** The wake is over, whatever is still to be learned of it: gives its slot back, and starts nothing any more. */
    synchronized void release() {
        closed = true;
        slot.ifPresent(WakeSlots.Slot::close);
        queue.ifPresent(turn -> turn.complete(Optional.empty()));
    }

    /** Watches no more. */
    @Override
    public synchronized void close() {
        release();
        ended = true;
        watch.close();
    }
}
