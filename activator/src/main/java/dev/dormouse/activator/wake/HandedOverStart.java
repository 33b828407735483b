package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.Names;
import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.units.manager.SystemdManager.UnitState;

/**
 * The start that systemd makes by itself with a hand-over (Wants= of dormouse-proxy@.service): it is watched, not asked for again. Asking
 * again would try a start that failed a second time; and it would cancel the stop of whoever stops the container meanwhile, as that is
 * queued while polkit thinks about our call.
 *
 * @param unit the container's
 */
record HandedOverStart(WakeRequest request, String unit, SystemdManager manager) {
    /** Whether the container runs, or is about to. */
    boolean isUnderWay(UnitState state) {
        return state.active().equals("active")
                || (request.handedOver() && state.active().equals("activating"));
    }

    /** Whether systemd has not begun yet, or not decided whether there is a slot for it (container-prepare is the unit's condition). */
    boolean isAhead(UnitState state) {
        return switch (state.active()) {
            case "activating" -> request.handedOver() && state.sub().equals("condition");
            case "inactive", "failed" -> request.handedOver() && container().hasJob();
            default -> false;
        };
    }

    /**
     * Whether it has been made, and has failed. A container that came up and has ended since is started once more: it can have been a while
     * until there was an activator to see that, and clients have come after it.
     */
    boolean hasFailed(UnitState state) {
        boolean skipped = state.active().equals("inactive") && state.result().equals("exec-condition");
        boolean down = state.active().equals("failed") || (state.active().equals("inactive") && !skipped);
        return request.handedOver() && down && hasEndedSince() && !cameUp();
    }

    /** An end before the connection that led to the hand-over is an earlier run's. */
    private boolean hasEndedSince() {
        long firstConnection = new UnitTimes(manager, Names.socketUnit(request.name())).stateChange();
        return container().inactiveEnter() > firstConnection;
    }

    private boolean cameUp() {
        return container().activeEnter() > container().inactiveExit();
    }

    private UnitTimes container() {
        return new UnitTimes(manager, unit);
    }
}
