package dev.dormouse.daemon.config;

import java.nio.file.Path;
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

    /** In the order of dormoused(8). */
    public static final List<ConfigKey<?>> ALL =
            List.of(HOSTS, GROUP, DEBUG, LABELS, DEFAULT_STOP_TIMEOUT, DEFAULT_SHM_SIZE);

    private ConfigKeys() {}

    /** The key of that name. */
    static Optional<ConfigKey<?>> named(String name) {
        return ALL.stream()
                .<ConfigKey<?>>map(key -> key)
                .filter(key -> key.name().equals(name))
                .findAny();
    }
}
