package dev.dormouse.activator.wake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WakeSlotsTest {
    private final WakeSlots slots = new WakeSlots(2, Runnable::run);

    @Test
    void noMoreThanAllowedAreUnderWayAndWhoCameFirstIsNext() {
        List<CompletableFuture<Optional<WakeSlots.Slot>>> turns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            turns.add(slots.enter(() -> true));
        }
        assertThat(turns).extracting(CompletableFuture::isDone).containsExactly(true, true, false, false, false);
        assertThat(slots.underWay()).isEqualTo(2);
        assertThat(slots.waiting()).isEqualTo(3);

        slot(turns.get(1)).close();
        slot(turns.get(1)).close();

        assertThat(turns).extracting(CompletableFuture::isDone).containsExactly(true, true, true, false, false);
        assertThat(slots.underWay()).isEqualTo(2);
    }

    @Test
    void whoIsNotWantedAnyMoreOrHasGoneTakesNoTurn() {
        WakeSlots.Slot first = slots.take();
        WakeSlots.Slot second = slots.take();
        AtomicBoolean wanted = new AtomicBoolean(true);
        CompletableFuture<Optional<WakeSlots.Slot>> unwanted = slots.enter(wanted::get);
        CompletableFuture<Optional<WakeSlots.Slot>> impatient = slots.enter(() -> true);
        CompletableFuture<Optional<WakeSlots.Slot>> last = slots.enter(() -> true);
        wanted.set(false);
        impatient.complete(Optional.empty());
        assertThat(slots.waiting()).isEqualTo(2);

        first.close();

        assertThat(unwanted.join()).isEmpty();
        assertThat(last.join()).isPresent();
        assertThat(slots.underWay()).isEqualTo(2);
        second.close();
        slot(last).close();
        assertThat(slots.underWay()).isZero();
    }

    @Test
    void whatSystemdHasStartedCountsEvenBeyondTheMost() {
        List<WakeSlots.Slot> taken = List.of(slots.take(), slots.take(), slots.take());
        CompletableFuture<Optional<WakeSlots.Slot>> turn = slots.enter(() -> true);
        taken.get(0).close();
        assertThat(turn).isNotDone();
        taken.get(1).close();
        assertThat(turn).isDone();
    }

    private static WakeSlots.Slot slot(CompletableFuture<Optional<WakeSlots.Slot>> turn) {
        return turn.join().orElseThrow();
    }
}
