package dev.dormouse.activator;

import dev.dormouse.activator.handoff.HandoffMessage;
import dev.dormouse.activator.handoff.HandoffSocket;
import dev.dormouse.activator.metrics.Moment;
import dev.dormouse.activator.service.Agenda;
import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.service.Settings;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.activator.service.Timer;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the process: takes messages in until nothing has been held for the linger time, or until it is told to end. */
final class ActivatorProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ActivatorProcess.class);
    /** What giving everything back may take beyond the time that connections are given. */
    private static final Duration GRACE = Duration.ofSeconds(2);
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
    private final CountDownLatch closed = new CountDownLatch(1);
    private Runnable atRest = () -> {};
    private boolean closing;

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

    /** Returns when nothing has been held for the linger time. A message that comes in that very moment is served, or left to the next. */
    void run() {
        agenda.execute(this::planLeaving);
        while (true) {
            for (Optional<HandoffMessage> next = socket.receive(); next.isPresent(); next = socket.receive()) {
                HandoffMessage message = next.get();
                agenda.execute(() -> handle(message));
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

    /** Gives everything back; returns when that is done, at the latest a little after the time that connections are given. */
    void close() {
        agenda.execute(() -> {
            closing = true;
            activator.close();
        });
        try {
            if (!closed.await(settings.drain().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "not everything could be given back in time; systemd listens again when this process has ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        if (closing && services == 0) {
            closed.countDown();
            return;
        }
        telling.plan(STATUS_DELAY, () -> {
            notifier.status(services == 1 ? "1 service" : services + " services");
            if (services == 0) {
                atRest.run();
            }
        });
        planLeaving();
    }

    private void planLeaving() {
        if (activator.isEmpty() && !closing) {
            leaving.plan(settings.linger(), socket::stop);
        } else {
            leaving.cancel();
        }
    }

    private <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, agenda::execute).join();
    }
}
