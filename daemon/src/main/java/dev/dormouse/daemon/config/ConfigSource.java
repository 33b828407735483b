package dev.dormouse.daemon.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the configuration comes from: the file as it is now, and the command line as it was.
 *
 * @param required whether the file must exist
 */
public record ConfigSource(Path file, boolean required, CommandLineSettings commandLine) {
    /**
     * Reads and checks all of it.
     *
     * @throws ConfigException with everything that is wrong
     */
    public DaemonConfig load() {
        ConfigFile.Content content = ConfigFile.read(file, required);
        List<String> problems = new ArrayList<>(commandLine.problems());
        problems.addAll(content.problems());
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            if (key.flag().isPresent()
                    && content.settings().has(key)
                    && commandLine.settings().has(key)) {
                problems.add(ConfigFile.at(
                        file,
                        content.lines().getOrDefault(key.name(), 1),
                        key + ": also given by " + key.flag().orElseThrow() + "; keep one of them"));
            }
        }
        DaemonConfig config = new DaemonConfig(content.settings().or(commandLine.settings()));
        problems.addAll(ownSocketAndIdle(config));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private static List<String> ownSocketAndIdle(DaemonConfig config) {
        return config.life().exitIdleTime().isZero()
                ? List.of()
                : config.hosts().stream()
                        .filter(host -> !(host instanceof ListenAddress.Inherited))
                        .map(host -> "exit-idle-time: only with fd://: a socket that the engine makes itself, as "
                                + host + ", ends with it, and clients would be refused")
                        .toList();
    }
}
