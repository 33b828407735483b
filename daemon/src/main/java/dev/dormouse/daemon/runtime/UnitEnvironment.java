package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.health.HealthPlan;
import dev.dormouse.daemon.spec.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code unit.env}: what the unit's scripts need to know of a container, as assignments of the shell. The scripts read it themselves, so
 * it is the same under systemd and without it, and it is there for the clean-up of a container that is being removed.
 *
 * @param name the container's own, for the wake file
 * @param layers overlayfs's {@code lowerdir}, below the container's folder
 * @param cgroup of the container, absolute
 * @param network {@code bridge}, {@code unconnected}, {@code host} or {@code none}
 * @param health whether it has a health check: then the prober is asked for
 * @param stopSignal as the shell's {@code kill -s} takes it
 * @param stopTimeoutSeconds -1: for ever
 * @param restart what follows an end
 */
record UnitEnvironment(
        String id,
        String name,
        String network,
        String layers,
        String cgroup,
        boolean health,
        String stopSignal,
        int stopTimeoutSeconds,
        RestartPolicy restart) {
    /** In a {@code stop.env}: no user wants it down. */
    static final String NOT_BY_HAND = "BYHAND='0'\n";

    private static final Pattern NAME = Pattern.compile("(?m)^NAME='([a-zA-Z0-9_.-]+)'$");
    private static final int DEFAULT_STOP_TIMEOUT_SECONDS = 10;

    static UnitEnvironment of(ContainerRecord container, String layers, String cgroup) {
        return new UnitEnvironment(
                container.id().value(),
                container.name(),
                network(container),
                layers,
                cgroup,
                HealthPlan.of(
                                container.config().healthcheck(),
                                container.config().labels())
                        .isPresent(),
                Signals.forShell(container.config().stopSignal().orElse("SIGTERM")),
                container.config().stopTimeoutSeconds().orElse(DEFAULT_STOP_TIMEOUT_SECONDS),
                container.hostConfig().restartPolicy());
    }

    /** What the scripts have to make: a namespace on networks, one on none, or nothing. */
    private static String network(ContainerRecord container) {
        if (!container.hostConfig().networkMode().isBridged()) {
            return container.hostConfig().networkMode().name();
        }
        return container.networks().isEmpty() ? "unconnected" : "bridge";
    }

    String text() {
        return line("ID", id)
                + line("NAME", name)
                + line("NETWORK", network)
                + line("LAYERS", layers)
                + line("CGROUP", cgroup)
                + (health ? line("HEALTH", "yes") : "")
                + line("RESTART", restart.kind().word())
                + line("RESTART_MAX", Integer.toString(restart.maximumRetries()))
                + stopText(stopSignal, stopTimeoutSeconds);
    }

    /** The two lines that a {@code stop.env} overrides. */
    static String stopText(String signal, int timeoutSeconds) {
        return line("STOP_SIGNAL", signal) + line("STOP_TIMEOUT", Integer.toString(timeoutSeconds));
    }

    /** The name that a container was last compiled under. */
    static Optional<String> nameIn(Path file) {
        try {
            Matcher matcher = NAME.matcher(Files.readString(file));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String line(String variable, String value) {
        if (value.indexOf('\'') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(variable + " must not have quotes or line ends: " + value);
        }
        return variable + "='" + value + "'\n";
    }
}
