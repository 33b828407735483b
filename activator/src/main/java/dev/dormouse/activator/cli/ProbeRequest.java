package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.ReadyForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Asks the prober to look again at a container that runs already when its service changes: the start of one asks by itself.
 *
 * @param run {@code /run/dormouse}
 */
record ProbeRequest(Path run) {
    /** A file of its own for each request is what tells the prober that it is another one. */
    void renew(ServiceConfig config) {
        Path request = run.resolve("probes").resolve(config.container());
        Path unit = run.resolve("units").resolve(config.container());
        try {
            if (Files.exists(request)) {
                replace(request, Files.readString(request));
            } else if (ReadyForm.isProbed(config.ready().toString()) && Files.exists(unit)) {
                replace(request, Files.readString(unit).strip() + " 0\n");
            }
            if (Files.notExists(unit)) {
                Files.deleteIfExists(request); // it has ended meanwhile
            }
        } catch (IOException e) {
            throw new CommandException("cannot ask the prober for " + config.name() + ", by " + request + ": " + e, e);
        }
    }

    private static void replace(Path request, String content) throws IOException {
        Path fresh = request.resolveSibling("." + request.getFileName());
        Files.createDirectories(request.resolveSibling(""));
        Files.writeString(fresh, content);
        Files.move(fresh, request, StandardCopyOption.ATOMIC_MOVE);
    }
}
