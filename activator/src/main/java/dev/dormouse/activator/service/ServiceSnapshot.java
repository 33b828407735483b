package dev.dormouse.activator.service;

import dev.dormouse.activator.wake.WakePhases;
import dev.dormouse.proxy.Loss;
import dev.dormouse.proxy.Traffic;
import java.util.Map;
import java.util.Optional;

/**
 * What a service is doing.
 *
 * @param state in the words of {@link ServiceState}
 * @param connections clients that are held or connected
 * @param held those of them that wait for the container
 * @param heldBack those of them that wait for others of their source
 * @param traffic what its listeners have moved since they were handed over
 * @param losses the datagrams that they have lost
 */
public record ServiceSnapshot(
        String name,
        String state,
        int connections,
        int held,
        int heldBack,
        Optional<WakePhases> lastWake,
        Traffic traffic,
        Map<Loss, Long> losses) {
    public ServiceSnapshot {
        losses = Map.copyOf(losses);
    }

    /** Without any loss. */
    public ServiceSnapshot(
            String name,
            String state,
            int connections,
            int held,
            int heldBack,
            Optional<WakePhases> lastWake,
            Traffic traffic) {
        this(name, state, connections, held, heldBack, lastWake, traffic, Map.of());
    }
}
