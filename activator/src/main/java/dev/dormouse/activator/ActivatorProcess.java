package dev.dormouse.activator;

import dev.dormouse.activator.handoff.HandoffMessage;
import dev.dormouse.activator.handoff.HandoffSocket;
import dev.dormouse.activator.service.Agenda;
import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.proxy.DataPlane;
import dev.dormouse.units.libc.Libc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The life of the process: takes messages in until nothing has been held for the linger time, or until it is told to end. */
final class ActivatorProcess {
    /** What giving everything back may take beyond the time that connections are given. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final HandoffSocket socket;
    private final Agenda agenda;
    private final Duration linger;
    private final Duration drain;
    private final Activator activator;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Agenda.Planned> leaving = Optional.empty();
    private boolean closing;

    ActivatorProcess(HandoffSocket socket, Surroundings around, DataPlane dataPlane) {
        this.socket = socket;
        this.agenda = around.agenda();
        this.linger = around.settings().linger();
        this.drain = around.settings().drain();
        this.activator = new Activator(around, dataPlane, Libc::close, this::empty);
    }

    /** Returns when nothing has been held for the linger time. A message that comes in that very moment is either served or left. */
    void run() {
        agenda.execute(this::empty);
        while (true) {
            for (Optional<HandoffMessage> next = socket.receive(); next.isPresent(); next = socket.receive()) {
                HandoffMessage message = next.get();
                agenda.execute(() -> handle(message));
            }
            if (ask(activator::isEmpty)) {
                return;
            }
            socket.goOn();
        }
    }

    /** Gives everything back; returns when that is done, at the latest a little after the time that connections are given. */
    void close() {
        agenda.execute(() -> {
            closing = true;
            activator.close();
        });
        try {
            // Whatever is left when the time is over ends with the process.
            var _ = closed.await(drain.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<ServiceSnapshot> snapshots() {
        return ask(activator::snapshots);
    }

    private void handle(HandoffMessage message) {
        leaving.ifPresent(Agenda.Planned::cancel);
        leaving = Optional.empty();
        activator.handle(message);
        if (activator.isEmpty()) {
            empty();
        }
    }

    private void empty() {
        if (closing) {
            closed.countDown();
            return;
        }
        leaving.ifPresent(Agenda.Planned::cancel);
        leaving = Optional.of(agenda.schedule(linger, () -> {
            if (activator.isEmpty()) {
                socket.stop();
            }
        }));
    }

    private <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, agenda::execute).join();
    }
}
