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
            if (content.settings().has(key) && commandLine.settings().has(key)) {
                problems.add(ConfigFile.at(
                        file,
                        content.lines().getOrDefault(key.name(), 1),
                        key + ": also given by " + key.flag().orElseThrow() + "; keep one of them"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new DaemonConfig(content.settings().or(commandLine.settings()));
    }
}
