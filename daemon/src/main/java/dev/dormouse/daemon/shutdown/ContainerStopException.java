package dev.dormouse.daemon.shutdown;

import java.util.List;

/** Some containers could not be stopped; the suppressed exceptions say which and why. */
public final class ContainerStopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContainerStopException(List<RuntimeException> failures, int containers) {
        super("of " + containers + " containers, " + failures.size() + " did not stop as they should: "
                + String.join("; ", failures.stream().map(Throwable::getMessage).toList()));
        failures.forEach(this::addSuppressed);
    }
}
