package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.spec.ContainerId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** That a container is started after another one. */
record Dependency(ContainerId on, Condition condition) {
    /** What must be true of the other one first, in compose's words. */
    enum Condition {
        SERVICE_STARTED,
        SERVICE_HEALTHY,
        SERVICE_COMPLETED_SUCCESSFULLY;

        static Optional<Condition> of(String word) {
            return Arrays.stream(values())
                    .filter(condition ->
                            condition.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }
}
