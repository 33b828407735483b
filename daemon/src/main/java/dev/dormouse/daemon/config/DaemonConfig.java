package dev.dormouse.daemon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the engine is set up at one time: every key has a value. Immutable; a reload makes another. */
public record DaemonConfig(ConfigSettings settings) {
    /** The file that is read unless another is named; it need not exist. */
    public static final Path FILE = Path.of("/etc/dormouse/daemon.json");

    /** Whose members reach the API. */
    public static final String GROUP = "dormouse";

    /** A key's value: what is set, or its default. */
    public <T> T value(ConfigKey<T> key) {
        return settings.get(key).orElse(key.byDefault());
    }

    /** See {@link ConfigKeys#HOSTS}. */
    public List<ListenAddress> hosts() {
        return value(ConfigKeys.HOSTS);
    }

    /** See {@link ConfigKeys#GROUP}. */
    public Optional<String> group() {
        return value(ConfigKeys.GROUP);
    }

    /** See {@link ConfigKeys#DEBUG}. */
    public boolean debug() {
        return value(ConfigKeys.DEBUG);
    }

    /** See {@link ConfigKeys#LABELS}. */
    public List<String> labels() {
        return value(ConfigKeys.LABELS);
    }

    /** See {@link ConfigKeys#DEFAULT_STOP_TIMEOUT}. */
    public int defaultStopTimeoutSeconds() {
        return value(ConfigKeys.DEFAULT_STOP_TIMEOUT);
    }

    /** See {@link ConfigKeys#DEFAULT_SHM_SIZE}. */
    public long defaultShmBytes() {
        return value(ConfigKeys.DEFAULT_SHM_SIZE);
    }

    /** See {@link ConfigKeys#NO_AUTOSTART}. */
    public boolean noAutostart() {
        return value(ConfigKeys.NO_AUTOSTART);
    }

    /** When the engine ends, and what ends with it. */
    public Life life() {
        return new Life(
                value(ConfigKeys.LIVE_RESTORE), value(ConfigKeys.SHUTDOWN_TIMEOUT), value(ConfigKeys.EXIT_IDLE_TIME));
    }

    /** Keys whose values differ, in the order of {@link ConfigKeys#ALL}. */
    List<ConfigKey<?>> differences(DaemonConfig other) {
        return ConfigKeys.ALL.stream()
                .filter(key -> !value(key).equals(other.value(key)))
                .toList();
    }

    /** What of {@code next} a running engine can take, and the rest as it is here. */
    DaemonConfig reloadedTo(DaemonConfig next) {
        return new DaemonConfig(next.settings.only(ConfigKey::reloadable).or(settings.only(key -> !key.reloadable())));
    }
}
