package dev.dormouse.activator.service;

import dev.dormouse.activator.wake.WakeOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A wake that has succeeded, until all that is to be told of it is known: what it took, and when the first client that waited had its first
 * byte. All but {@link #answered} is for tasks of the agenda.
 */
final class WakeStory {
    /** An application that thinks for longer is told of without. */
    private static final Duration FIRST_BYTE = Duration.ofSeconds(1);

    private final Agenda agenda;
    private final Consumer<WakeOutcome.Measured> whole;
    private final AtomicBoolean awaitsAnswer = new AtomicBoolean(true);
    private Optional<WakeOutcome.Measured> measured = Optional.empty();
    private Optional<Long> firstByteNanos = Optional.empty();
    private boolean told;

    /**
     * A story that begins.
     *
     * @param clients how many were held
     * @param whole called once
     */
    WakeStory(Agenda agenda, WakeOutcome.Ready ready, int clients, Consumer<WakeOutcome.Measured> whole) {
        this.agenda = agenda;
        this.whole = whole;
        Duration patience = clients == 0 ? Duration.ZERO : FIRST_BYTE;
        var _ = ready.measured().thenAccept(result -> agenda.execute(() -> measured(result, patience)));
    }

    /** A client that was held has been answered. Thread-safe, and next to nothing after the first time. */
    void answered() {
        if (awaitsAnswer.get() && awaitsAnswer.compareAndSet(true, false)) {
            long now = agenda.nanos();
            agenda.execute(() -> {
                firstByteNanos = Optional.of(now);
                if (measured.isPresent()) {
                    tell();
                }
            });
        }
    }

    private void measured(WakeOutcome.Measured result, Duration patience) {
        measured = Optional.of(result);
        if (firstByteNanos.isPresent() || patience.isZero()) {
            tell();
        } else {
            agenda.schedule(patience, this::tell);
        }
    }

    private void tell() {
        if (told) {
            return;
        }
        told = true;
        WakeOutcome.Measured known = measured.orElseThrow();
        whole.accept(firstByteNanos
                .map(nanos -> new WakeOutcome.Measured(
                        known.phases().withFirstByte(Duration.ofNanos(Math.max(0, nanos - known.begunNanos()))),
                        known.begunNanos()))
                .orElse(known));
    }
}
