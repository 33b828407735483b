package dev.dormouse.daemon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the engine is set up; fixed while it runs.
 *
 * @param hosts where the API listens; at least one
 * @param group owns the sockets that the engine makes; absent: {@link #GROUP} if there is such a group
 * @param noAutostart start no container by its restart policy when the engine comes up
 * @param debug log what is only interesting to whoever looks for an error
 */
public record DaemonConfig(List<ListenAddress> hosts, Optional<String> group, boolean debug, boolean noAutostart) {
    /** The file that is read unless another is named; it need not exist. */
    public static final Path FILE = Path.of("/etc/dormouse/daemon.json");

    /** Whose members reach the API. */
    public static final String GROUP = "dormouse";

    private static final ListenAddress HOST = new ListenAddress.Unix(Path.of("/run/dormouse/docker.sock"));

    public DaemonConfig {
        hosts = hosts.isEmpty() ? List.of(HOST) : List.copyOf(hosts);
    }

    /**
     * The file's settings and the command line's.
     *
     * @throws ConfigException for a setting that both have: which one is meant?
     */
    public static DaemonConfig of(Path file, ConfigSettings inFile, ConfigSettings onCommandLine) {
        both(
                file,
                "hosts",
                "--host",
                !inFile.hosts().isEmpty(),
                !onCommandLine.hosts().isEmpty());
        both(
                file,
                "group",
                "--group",
                inFile.group().isPresent(),
                onCommandLine.group().isPresent());
        both(
                file,
                "debug",
                "--debug",
                inFile.debug().isPresent(),
                onCommandLine.debug().isPresent());
        both(
                file,
                "no-autostart",
                "--no-autostart",
                inFile.noAutostart().isPresent(),
                onCommandLine.noAutostart().isPresent());
        return new DaemonConfig(
                inFile.hosts().isEmpty() ? onCommandLine.hosts() : inFile.hosts(),
                inFile.group().or(onCommandLine::group),
                inFile.debug().or(onCommandLine::debug).orElse(false),
                inFile.noAutostart().or(onCommandLine::noAutostart).orElse(false));
    }

    private static void both(Path file, String key, String flag, boolean inFile, boolean onCommandLine) {
        if (inFile && onCommandLine) {
            throw new ConfigException(file + ": " + key + ": also given by " + flag + "; keep one of them");
        }
    }
}
