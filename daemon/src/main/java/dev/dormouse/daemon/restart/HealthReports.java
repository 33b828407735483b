package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.health.HealthStatus;
import dev.dormouse.daemon.spec.ContainerId;
import java.util.Optional;

/** What health checks say of containers. */
@FunctionalInterface
public interface HealthReports {
    /** The last word on a container that runs; absent as long as nothing checks it. */
    Optional<HealthStatus> of(ContainerId container);
}
