package dev.dormouse.activator.succession;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.GivenUpListener;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of one service. Whoever holds this owns its descriptors.
 *
 * @param awake whether its container was ready
 * @param listeners at least one
 * @param connections whichever of the listeners they came by
 */
public record Legacy(String name, boolean awake, List<Integer> listeners, List<CarriedConnection> connections) {
    public Legacy {
        listeners = List.copyOf(listeners);
        connections = List.copyOf(connections);
    }

    /** All that a service's listeners were. */
    public static Legacy of(String name, boolean awake, List<GivenUpListener> givenUp) {
        List<Integer> listeners = new ArrayList<>();
        List<CarriedConnection> connections = new ArrayList<>();
        for (GivenUpListener one : givenUp) {
            one.descriptor().ifPresent(listeners::add);
            connections.addAll(one.connections());
        }
        return new Legacy(name, awake, listeners, connections);
    }
}
