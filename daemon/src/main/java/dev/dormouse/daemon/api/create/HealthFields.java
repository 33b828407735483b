package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.api.wire.HealthcheckBody;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Healthcheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Healthcheck}. */
final class HealthFields {
    /** dockerd's least duration. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private HealthFields() {}

    static Optional<Healthcheck> healthcheck(@Nullable HealthcheckBody body) {
        if (body == null) {
            return Optional.empty();
        }
        List<String> test = CreateRequest.list(body.test());
        if (!test.isEmpty()) {
            switch (test.getFirst()) {
                case "", "NONE" -> {}
                case "CMD", "CMD-SHELL" -> {
                    if (test.size() == 1) {
                        throw new EngineException.InvalidParameter(
                                "Healthcheck.Test must have a command after " + test.getFirst());
                    }
                }
                default ->
                    // Not repeated: a command may hold what is secret.
                    throw new EngineException.InvalidParameter(
                            "Healthcheck.Test must be a list that begins with NONE, CMD or CMD-SHELL");
            }
        }
        int retries = body.retries() == null ? 0 : body.retries();
        if (retries < 0) {
            throw CreateRequest.invalid("Healthcheck.Retries", "0 or more", Integer.toString(retries));
        }
        return Optional.of(new Healthcheck(
                test,
                duration("Interval", body.interval()),
                duration("Timeout", body.timeout()),
                duration("StartPeriod", body.startPeriod()),
                duration("StartInterval", body.startInterval()),
                retries));
    }

    private static Duration duration(String field, @Nullable Long nanos) {
        Duration duration = nanos == null ? Duration.ZERO : Duration.ofNanos(nanos);
        if (!duration.isZero() && duration.compareTo(LEAST) < 0) {
            throw new EngineException.InvalidParameter(
                    "Healthcheck." + field + " must be at least 1 ms (1000000), or 0 for the default: " + nanos);
        }
        return duration;
    }
}
