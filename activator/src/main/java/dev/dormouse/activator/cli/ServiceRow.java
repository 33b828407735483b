package dev.dormouse.activator.cli;

import java.util.List;

/**
 * One line of {@code dormouse status}.
 *
 * @param state dormant, waking, awake, falling asleep, failed, or off if its socket does not listen
 * @param container ActiveState of the container's unit
 * @param connections clients that are held or connected
 */
record ServiceRow(String name, String state, List<String> listen, String container, int connections) {
    ServiceRow {
        listen = List.copyOf(listen);
    }
}
