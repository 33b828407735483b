package dev.dormouse.daemon.activation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that the activator did with a service.
 *
 * @param container the name of the container that the service wakes
 * @param containerId where that is known
 * @param action {@code activation: awake}, {@code activation: wake-failed}, …, so that {@code --filter event=activation} finds all of them
 * @param attributes {@code service}, {@code phase}, {@code outcome}, and what there is of {@code reason}, {@code clients} and times whose
 *     names end in {@code Micros}
 */
public record Activation(
        String container, Optional<String> containerId, String action, Map<String, String> attributes, Instant time) {
    /** How all actions begin. */
    public static final String PREFIX = "activation: ";

    public Activation {
        attributes = Map.copyOf(attributes);
    }
}
