package dev.dormouse.activator.service;

import dev.dormouse.activator.wake.WakePhases;
import java.util.Optional;

/**
 * What a service is doing.
 *
 * @param state in the words of {@link ServiceState}
 * @param connections clients that are held or connected
 * @param held those of them that wait for the container
 */
public record ServiceSnapshot(String name, String state, int connections, int held, Optional<WakePhases> lastWake) {}
