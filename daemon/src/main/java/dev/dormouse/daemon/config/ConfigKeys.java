package dev.dormouse.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every key that there is: a key is added here and in dormoused(8), and nowhere else but where it is acted on. */
public final class ConfigKeys {
    /** Where the API listens; at least one address. */
    public static final ConfigKey<List<ListenAddress>> HOSTS = ConfigKey.fixed(
            "hosts",
            ValueKinds.ADDRESSES,
            List.of(new ListenAddress.Unix(Path.of("/run/dormouse/docker.sock"))),
            "--host");

    /** Owns the sockets that the engine makes; absent: {@link DaemonConfig#GROUP}, if there is such a group. */
    public static final ConfigKey<Optional<String>> GROUP =
            ConfigKey.fixed("group", ValueKinds.GROUP, Optional.empty(), "--group");

    /** Log what is only interesting to whoever looks for an error. */
    public static final ConfigKey<Boolean> DEBUG =
            ConfigKey.reloadable("debug", ValueKinds.FLAG, false).orFlag("--debug");

    /** The engine's own, {@code name=value} each, shown by {@code docker info}. */
    public static final ConfigKey<List<String>> LABELS = ConfigKey.reloadable("labels", ValueKinds.LABELS, List.of());

    /** Seconds between the stop signal and SIGKILL for a container that is created without a time of its own; -1: for ever. */
    public static final ConfigKey<Integer> DEFAULT_STOP_TIMEOUT = ConfigKey.reloadable(
            "default-stop-timeout", ValueKinds.wholeNumber(-1, 86_400 * 365, "seconds, or -1 for ever"), 10);

    /** Bytes of a container's /dev/shm, where its create request does not say. */
    public static final ConfigKey<Long> DEFAULT_SHM_SIZE = ConfigKey.reloadable(
            "default-shm-size", ValueKinds.size(4096, 1L << 44, "\"4k\" to \"16t\""), 64L * 1024 * 1024);

    /** Start no container by its restart policy when the engine comes up. */
    public static final ConfigKey<Boolean> NO_AUTOSTART =
            ConfigKey.fixed("no-autostart", ValueKinds.FLAG, false, "--no-autostart");

    /** Whether containers run on when the engine is stopped (docs/adr/0008-shutdown.md). */
    public static final ConfigKey<Boolean> LIVE_RESTORE =
            ConfigKey.reloadable("live-restore", ValueKinds.FLAG, true).orFlag("--live-restore");

    /** Seconds that stopping all containers may take at least; -1: any time. */
    public static final ConfigKey<Integer> SHUTDOWN_TIMEOUT = ConfigKey.reloadable(
                    "shutdown-timeout", ValueKinds.wholeNumber(-1, 86_400 * 365, "seconds, or -1 for any time"), 15)
            .orFlag("--shutdown-timeout");

    /**
     * How long nobody may be connected before the engine ends by itself; zero: for ever. Of two the file's counts: {@code --exit-idle-time}
     * is in the unit, which comes with the package, and the file is the administrator's.
     */
    public static final ConfigKey<Duration> EXIT_IDLE_TIME =
            ConfigKey.fixed("exit-idle-time", ValueKinds.time(Duration.ZERO, Duration.ofDays(365)), Duration.ZERO);

    /** In the order of dormoused(8). */
    public static final List<ConfigKey<?>> ALL = List.of(
            HOSTS,
            GROUP,
            DEBUG,
            LABELS,
            DEFAULT_STOP_TIMEOUT,
            DEFAULT_SHM_SIZE,
            NO_AUTOSTART,
            LIVE_RESTORE,
            SHUTDOWN_TIMEOUT,
            EXIT_IDLE_TIME);

    private ConfigKeys() {}

    /** The key of that name. */
    static Optional<ConfigKey<?>> named(String name) {
        return ALL.stream()
                .<ConfigKey<?>>map(key -> key)
                .filter(key -> key.name().equals(name))
                .findAny();
    }
}
