package dev.dormouse.activator.metrics;

import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.tally.Totals;
import dev.dormouse.activator.wake.WakeSlots;
import java.util.List;

/**
 * How things stand.
 *
 * @param totals of this life of the process
 * @param waiting wakes that wait for a slot
 * @param underWay wakes that have one
 * @param slots how many there are
 */
public record Moment(Totals totals, List<ServiceSnapshot> services, int waiting, int underWay, int slots) {
    public Moment {
        services = List.copyOf(services);
    }

    /** Now. Call it from a task of the agenda. */
    public static Moment now(Tally tally, List<ServiceSnapshot> services, WakeSlots slots) {
        Tally moving = new Tally();
        services.forEach(service -> {
            moving.traffic(service.name(), service.traffic());
            moving.losses(service.name(), service.losses());
        });
        return new Moment(
                tally.totals().plus(moving.totals()), services, slots.waiting(), slots.underWay(), slots.most());
    }

    /** With the counts of earlier lives. */
    Moment after(Totals earlier) {
        return new Moment(earlier.plus(totals), services, waiting, underWay, slots);
    }

    /** As it is when nothing is held any more. */
    Moment atRest() {
        return new Moment(totals, List.of(), 0, 0, slots);
    }
}
