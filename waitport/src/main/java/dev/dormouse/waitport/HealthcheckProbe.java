package dev.dormouse.waitport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ready when a container's own HEALTHCHECK command ends with status 0, as in Docker. Each attempt starts a process, so
 * wait on it with {@link Backoff#COMMAND}. Safe for use by several threads.
 */
public final class HealthcheckProbe implements Probe {
    private final CommandProbe command;
    private final Duration limit;

    private HealthcheckProbe(CommandProbe command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    /**
     * The probe of a health check; empty if the container has none ({@code []} or {@code [NONE]}).
     *
     * @param test as in Docker's API: {@code [NONE]}, {@code [CMD, arg…]} or {@code [CMD-SHELL, command]}
     * @param execPrefix what runs a command in the container: {@code crun exec ID}
     * @param limit the check's own time-out for one run, above zero
     * @throws IllegalArgumentException if the test has none of these forms
     */
    public static Optional<HealthcheckProbe> of(List<String> test, List<String> execPrefix, Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("the health check's time-out must be above zero: " + limit);
        }
        return command(test).map(command -> {
            List<String> whole = new ArrayList<>(execPrefix);
            whole.addAll(command);
            return new HealthcheckProbe(new CommandProbe(whole), limit);
        });
    }

    private static Optional<List<String>> command(List<String> test) {
        if (test.isEmpty()) {
            return Optional.empty();
        }
        String form = test.getFirst();
        List<String> rest = test.subList(1, test.size());
        if (form.equals("NONE")) {
            return Optional.empty();
        }
        if (form.equals("CMD") && !rest.isEmpty()) {
            return Optional.of(rest);
        }
        if (form.equals("CMD-SHELL") && rest.size() == 1) {
            return Optional.of(List.of("/bin/sh", "-c", rest.getFirst()));
        }
        throw new IllegalArgumentException("health check must be [NONE], [CMD, argument…] or [CMD-SHELL, command], not "
                + test.size() + " words that begin with '" + form + "'");
    }

    @Override
    public ProbeResult attempt(Duration timeout) throws InterruptedException {
        return command.attempt(timeout.compareTo(limit) < 0 ? timeout : limit);
    }

    @Override
    public String toString() {
        return "health check";
    }
}
