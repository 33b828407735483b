package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.config.ServiceLimits;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Those options of {@code dormouse enable} that bound what a service may cost. */
final class LimitOptions {
    @Option(
            names = "--queue-deadline",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "When many containers wake at once, wait at most this long for its turn, 1ms to 24h"
                    + " (default: 30s).")
    private String queueDeadline = "30s";

    @Option(
            names = "--unit-deadline",
            paramLabel = "TIME",
            defaultValue = "60s",
            description =
                    "From its turn on, the container must be started within this time, 1ms to 24h" + " (default: 60s).")
    private String unitDeadline = "60s";

    @Option(
            names = "--connections-max",
            paramLabel = "N",
            description =
                    "Connections of each socket at once, 1 to 1000000; more wait in the kernel's queue, of UDP the"
                            + " longest silent makes room (default: the activator's, 65536).")
    private @Nullable Integer connectionsMax;

    @Option(
            names = "--connections-max-per-source",
            paramLabel = "N",
            description = "Connections of one IPv4 address, or one IPv6 /64, that are served at once, 1 to 1000000; as"
                    + " many again are held, more are reset (default: no limit).")
    private @Nullable Integer connectionsPerSource;

    /**
     * What was asked for.
     *
     * @throws IllegalArgumentException naming the option and what is allowed
     */
    ServiceLimits limits() {
        return new ServiceLimits(
                ServiceConfig.deadline("--queue-deadline", queueDeadline),
                ServiceConfig.deadline("--unit-deadline", unitDeadline),
                checked("--connections-max", connectionsMax),
                checked("--connections-max-per-source", connectionsPerSource));
    }

    private static OptionalInt checked(String option, @Nullable Integer connections) {
        if (connections == null) {
            return OptionalInt.empty();
        }
        if (connections < 1 || connections > ServiceLimits.MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    option + ": " + connections + " is not a number from 1 to " + ServiceLimits.MOST_CONNECTIONS);
        }
        return OptionalInt.of(connections);
    }
}
