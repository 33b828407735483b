package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.ServiceConfig;
import java.net.InetSocketAddress;

/** How a wake ended. */
public sealed interface WakeOutcome {
    /**
     * The container is ready.
     *
     * @param address where clients are to be connected
     */
    record Ready(InetSocketAddress address, ServiceConfig config, ContainerFacts facts, WakePhases phases)
            implements WakeOutcome {}

    /**
     * It is not.
     *
     * @param reason names the container or file, what went wrong, and where to look
     */
    record Failed(String reason) implements WakeOutcome {}
}
