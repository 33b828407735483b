package dev.dormouse.activator;

import dev.dormouse.activator.handoff.HandoffMessage;
import dev.dormouse.activator.handoff.HandoffSocket;
import dev.dormouse.activator.metrics.Moment;
import dev.dormouse.activator.service.Agenda;
import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.service.Settings;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.activator.service.Timer;
import dev.dormouse.activator.succession.Legacy;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.WakeSlots;
import dev.dormouse.proxy.DataPlane;
import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.notify.Notifier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** The life of the process: takes messages in until nothing has been held for the linger time, or until it is told to end. */
final class ActivatorProcess {
    /** What giving everything back may take beyond the time that connections are given. */
    private static final Duration GRACE = Duration.ofSeconds(2);
    /** Nothing tells when the last of those connections ends. */
    private static final Duration LOOK = Duration.ofMillis(10);
    /** systemd is told after this time how many services are awake: the first message costs more CPU than a wake has to spare. */
    private static final Duration STATUS_DELAY = Duration.ofSeconds(2);

    private final HandoffSocket socket;
    private final Notifier notifier;
    private final Agenda agenda;
    private final Settings settings;
    private final Tally tally;
    private final Activator activator;
    private final Timer leaving;
    private final Timer telling;
    private final CountDownLatch received = new CountDownLatch(1);
    private Runnable atRest = () -> {};
    private volatile boolean closing;

    ActivatorProcess(HandoffSocket socket, Notifier notifier, Surroundings around, DataPlane dataPlane) {
        this.socket = socket;
        this.notifier = notifier;
        this.agenda = around.agenda();
        this.settings = around.settings();
        this.tally = around.tally();
        this.activator = new Activator(around, dataPlane, Libc::close, this::holds);
        this.leaving = new Timer(agenda);
        this.telling = new Timer(agenda);
    }

    /** Goes on with what an earlier process left. Before {@link #run}. */
    void inherit(List<Legacy> legacies) {
        agenda.execute(() -> activator.inherit(legacies));
    }

    /** Returns when nothing has been held for the linger time, or all is left to the next process. A message that comes in that very moment is served, or left to the next. */
    void run() {
        agenda.execute(this::planLeaving);
        while (true) {
            for (Optional<HandoffMessage> next = socket.receive(); next.isPresent(); next = socket.receive()) {
                HandoffMessage message = next.get();
                agenda.execute(() -> handle(message));
            }
            if (closing) {
                received.countDown();
                return;
            }
            if (ask(activator::isEmpty)) {
                notifier.stopping();
                notifier.close();
                return;
            }
            socket.goOn();
        }
    }

    /** Has something begun, on a thread that it must not hold up, a little after nothing is held any more. */
    void onRest(Runnable task) {
        agenda.execute(() -> atRest = task);
    }

    /**
     * Leaves everything to the next process, in which no client notices. What is being given back is waited for first, as long as its
     * connections may go on; whoever comes meanwhile is served. Not while {@link #run} has not begun.
     */
    List<Legacy> bequeath() {
        try {
            long end = System.nanoTime() + settings.drain().plus(GRACE).toNanos();
            while (ask(activator::isDraining) && System.nanoTime() - end < 0) {
                Thread.sleep(LOOK);
            }
            closing = true;
            socket.stop();
            received.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return ask(activator::bequeath).stream().map(CompletableFuture::join).toList();
    }

    List<ServiceSnapshot> snapshots() {
        return ask(activator::snapshots);
    }

    Moment moment(WakeSlots slots) {
        return ask(() -> Moment.now(tally, activator.snapshots(), slots));
    }

    private void handle(HandoffMessage message) {
        activator.handle(message);
        planLeaving();
    }

    private void holds(int services) {
        telling.plan(STATUS_DELAY, () -> {
            notifier.status(services == 1 ? "1 service" : services + " services");
            if (services == 0) {
                atRest.run();
            }
        });
        planLeaving();
    }

    private void planLeaving() {
        if (activator.isEmpty()) {
            leaving.plan(settings.linger(), socket::stop);
        } else {
            leaving.cancel();
        }
    }

    private <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, agenda::execute).join();
    }
}
