package dev.dormouse.activator.wake;

import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.units.manager.SystemdManager.UnitState;
import dev.dormouse.units.manager.SystemdManager.Watch;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Waits for a unit to leave a state.
 *
 * @param over whether waiting is of no use any more
 */
record UnitWait(SystemdManager manager, String unit, BooleanSupplier over) {
    /** The state it has then, or has when it is over. */
    UnitState whileIn(Predicate<UnitState> unwanted) throws InterruptedException {
        UnitState state = manager.state(unit);
        if (!unwanted.test(state)) {
            return state;
        }
        BlockingQueue<UnitState> changes = new LinkedBlockingQueue<>();
        try (Watch _ = manager.watch(unit, changes::add)) {
            state = manager.state(unit);
            while (unwanted.test(state) && !over.getAsBoolean()) {
                UnitState next = changes.poll(1, TimeUnit.SECONDS);
                state = next == null ? manager.state(unit) : next;
            }
        }
        return state;
    }
}
