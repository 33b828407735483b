package dev.dormouse.proxy;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a listener was. Whoever holds this owns its descriptors.
 *
 * @param descriptor the listening socket; empty if the listener had been closed
 * @param connections those that had not ended
 */
public record GivenUpListener(OptionalInt descriptor, List<CarriedConnection> connections) {
    public GivenUpListener {
        connections = List.copyOf(connections);
    }
}
