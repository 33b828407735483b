package dev.dormouse.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/**
 * What the command line says.
 *
 * @param problems what is wrong with it, one line each, without the settings that are wrong
 */
public record CommandLineSettings(ConfigSettings settings, List<String> problems) {
    /** Nothing. */
    public static final CommandLineSettings NONE = new CommandLineSettings(ConfigSettings.NONE, List.of());

    /**
     * The options as they were given.
     *
     * @param exitIdleTime a time as text
     */
    public static CommandLineSettings of(
            List<String> hosts,
            Optional<String> group,
            boolean debug,
            boolean noAutostart,
            Optional<Boolean> liveRestore,
            Optional<Integer> shutdownTimeout,
            Optional<String> exitIdleTime) {
        List<String> problems = new ArrayList<>();
        List<ListenAddress> addresses = new ArrayList<>();
        for (String host : hosts) {
            try {
                addresses.add(ListenAddress.parse(host));
            } catch (ConfigException e) {
                problems.add("--host: " + e.getMessage());
            }
        }
        ConfigSettings settings = ConfigSettings.NONE;
        if (!addresses.isEmpty()) {
            settings = settings.with(ConfigKeys.HOSTS, List.copyOf(addresses));
        }
        if (group.isPresent()) {
            settings = settings.with(ConfigKeys.GROUP, group);
        }
        if (debug) {
            settings = settings.with(ConfigKeys.DEBUG, true);
        }
        if (noAutostart) {
            settings = settings.with(ConfigKeys.NO_AUTOSTART, true);
        }
        if (liveRestore.isPresent()) {
            settings = settings.with(ConfigKeys.LIVE_RESTORE, liveRestore.get());
        }
        settings = read(
                ConfigKeys.SHUTDOWN_TIMEOUT,
                "--shutdown-timeout",
                shutdownTimeout.map(IntNode::valueOf),
                settings,
                problems);
        settings = read(
                ConfigKeys.EXIT_IDLE_TIME,
                "--exit-idle-time",
                exitIdleTime.map(StringNode::valueOf),
                settings,
                problems);
        return new CommandLineSettings(settings, List.copyOf(problems));
    }

    /** With an option that is held to what the file's key is held to. */
    private static <T> ConfigSettings read(
            ConfigKey<T> key,
            String option,
            Optional<? extends JsonNode> given,
            ConfigSettings settings,
            List<String> problems) {
        if (given.isEmpty()) {
            return settings;
        }
        try {
            return settings.with(key, key.kind().read(given.get()));
        } catch (ConfigException e) {
            problems.add(option + ": " + e.getMessage());
            return settings;
        }
    }
}
