package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.Relations;
import dev.dormouse.activator.config.RestRules;
import dev.dormouse.activator.config.ServiceLimits;
import dev.dormouse.units.service.Edge;
import dev.dormouse.units.service.ListenAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What {@code dormouse enable} was asked for.
 *
 * @param listen at least one
 * @param port the container's; empty for its only exposed one
 */
record ServiceRequest(
        String name,
        List<ListenAddress> listen,
        OptionalInt port,
        Duration idle,
        Readiness ready,
        Duration deadline,
        ServiceLimits limits,
        Relations relations,
        RestRules rest,
        Edge edge) {
    ServiceRequest {
        listen = List.copyOf(listen);
    }
}
