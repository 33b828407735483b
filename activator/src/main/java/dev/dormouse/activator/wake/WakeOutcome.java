package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.ServiceConfig;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** How a wake ended. */
public sealed interface WakeOutcome {
    /**
     * The container is ready.
     *
     * @param address where clients are to be connected
     * @param measured what the wake took, without the first byte; completes on any thread within {@link PhaseTimes#PATIENCE}, as systemd
     *     may say only later that the unit is up, and no client waits for that
     */
    record Ready(
            InetSocketAddress address, ServiceConfig config, ContainerFacts facts, CompletableFuture<Measured> measured)
            implements WakeOutcome {}

    /**
     * What a wake took.
     *
     * @param begunNanos its beginning, on the clock of {@link System#nanoTime}
     */
    record Measured(WakePhases phases, long begunNanos) {}

    /**
     * It is not.
     *
     * @param reason names the container or file, what went wrong, and where to look
     */
    record Failed(WakeFailure kind, String reason) implements WakeOutcome {}

    /** Nobody waited any more when its turn came: nothing was started. */
    record Dropped() implements WakeOutcome {}
}
