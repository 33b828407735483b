package dev.dormouse.daemon.health;

import java.time.Instant;
import java.util.Optional;

/** Makes known what was found out about one run of a container. */
interface HealthSink {
    /** What an earlier prober found out about this run. */
    Optional<Health> last();

    /** The first word on the run. */
    void begins(Health health);

    /** One more check, which ended at that time. */
    void changed(Health before, Health after, Instant at);

    /** What clients are held for has been seen. */
    void ready();
}
