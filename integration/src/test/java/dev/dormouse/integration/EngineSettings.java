package dev.dormouse.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine's daemon.json for a test; the one that was there, or none, is back afterwards. */
final class EngineSettings implements AutoCloseable {
    private static final Path FILE = Path.of("/etc/dormouse/daemon.json");

    EngineSettings() {
        if (Files.exists(FILE)) {
            throw new IllegalStateException(FILE + " is left from another test");
        }
    }

    Path file() {
        return FILE;
    }

    void write(String text) throws IOException {
        Files.writeString(FILE, text);
    }

    /** Starts the engine; until systemd knows that it is up, a reload would be left out as a part of the start. */
    static void startEngine() {
        Shell.run("docker", "version");
        Await.until("systemd knows that the engine is up", SystemUnit.ENGINE::isActive);
    }

    /** As {@code systemctl reload dormouse}. */
    static Shell.Result reload() {
        return Shell.attempt("systemctl", "reload", "dormouse.service");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(FILE);
        Shell.attempt("systemctl", "stop", "dormouse.service");
    }
}
