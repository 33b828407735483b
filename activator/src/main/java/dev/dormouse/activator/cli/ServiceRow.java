package dev.dormouse.activator.cli;

import dev.dormouse.activator.status.StatusDocument;
import java.util.List;
import java.util.OptionalInt;

/**
 * One line of {@code dormouse status}.
 *
 * @param state dormant, waking, awake, frozen, draining, falling asleep, paused, failed, or off if its socket does not listen
 * @param container ActiveState of the container's unit
 * @param connections clients that are held or connected; empty where nothing of Dormouse's sees them
 * @param lastWake by phase; empty if the activator knows of none
 * @param rest what it does besides its idle time on the way to sleep, in words
 */
record ServiceRow(
        String name,
        String state,
        List<String> listen,
        String container,
        OptionalInt connections,
        List<StatusDocument.Wake> lastWake,
        List<String> rest) {
    ServiceRow {
        listen = List.copyOf(listen);
        lastWake = List.copyOf(lastWake);
        rest = List.copyOf(rest);
    }
}
