package dev.dormouse.daemon.api;

import dev.dormouse.daemon.config.ConfigException;
import dev.dormouse.daemon.config.ConfigSettings;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.config.Reloaded;
import java.util.List;

/** A configuration that a test sets, and the answer to its reload. */
public final class FakeConfig implements EngineConfig {
    volatile DaemonConfig current = new DaemonConfig(ConfigSettings.NONE);
    volatile List<String> problems = List.of();

    @Override
    public DaemonConfig current() {
        return current;
    }

    @Override
    public Reloaded reload() {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Reloaded(List.of("debug"), List.of("hosts"));
    }
}
