package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.HalfWritten;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The engine's own folders and who gets into them, as docs/internals.md says; made where they are missing, and set right where an earlier
 * engine, a restored backup or a umask left them otherwise. What is in a container's file system is nobody's but root's: a program with
 * the set-user-ID bit there must not be one on this host.
 */
public record StateFolders(RuntimePaths paths) {
    private static final String PRIVATE = "rwx------";

    /**
     * Makes them as they should be, without what a killed engine left half written; of containers and images the load sees to that.
     *
     * @throws EngineException.Failed if one cannot be made or set right
     */
    public void prepare() {
        Map<Path, String> modes = new LinkedHashMap<>();
        // The activator, which is not root, passes through to wake/.
        modes.put(paths.state(), "rwx--x--x");
        for (String name :
                new String[] {"containers", "names", "images", "networks", "storage", "events", "autostart"}) {
            modes.put(paths.state().resolve(name), PRIVATE);
        }
        modes.put(paths.state().resolve("wake"), "rwxr-xr-x");
        modes.put(paths.run().resolve("crun"), PRIVATE);
        modes.forEach(StateFolders::prepare);
        for (String name : new String[] {"networks", "autostart", "wake"}) {
            HalfWritten.sweep(paths.state().resolve(name));
        }
    }

    private static void prepare(Path folder, String mode) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make " + folder + " with mode " + mode + ": " + e.getMessage(), e);
        }
    }
}
