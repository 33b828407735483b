package dev.dormouse.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine with other options, and other settings of its unit, until closed; stopped before and afterwards. */
final class EngineOptions implements AutoCloseable {
    private static final Path DROP_IN = Path.of("/run/systemd/system/dormouse.service.d/test.conf");

    private EngineOptions() {}

    /** @param service lines of the unit's [Service] */
    static EngineOptions of(String options, String service) throws IOException {
        Shell.run("systemctl", "stop", "dormouse.service");
        Files.createDirectories(DROP_IN.getParent());
        Files.writeString(
                DROP_IN,
                "[Service]\nExecStart=\nExecStart=/usr/bin/dormoused -H fd:// " + options + "\n" + service + "\n");
        Shell.run("systemctl", "daemon-reload");
        return new EngineOptions();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(DROP_IN);
        Files.deleteIfExists(DROP_IN.getParent());
        Shell.run("systemctl", "daemon-reload");
        Shell.run("systemctl", "stop", "dormouse.service");
    }
}
