package dev.dormouse.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param problems what is wrong with it, one line each, without the settings that are wrong
 */
public record CommandLineSettings(ConfigSettings settings, List<String> problems) {
    /** Nothing. */
    public static final CommandLineSettings NONE = new CommandLineSettings(ConfigSettings.NONE, List.of());

    /** The options as they were given. */
    public static CommandLineSettings of(List<String> hosts, Optional<String> group, boolean debug) {
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
        return new CommandLineSettings(settings, List.copyOf(problems));
    }
}
