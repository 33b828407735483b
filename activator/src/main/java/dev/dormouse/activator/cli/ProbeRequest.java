package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.ServiceConfig;
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
    /** Whether a container's start must ask for the prober though the container may have no health check. */
    static boolean isNeeded(Readiness ready) {
        return switch (ready) {
            case Readiness.Command _, Readiness.LogLine _ -> true;
            case Readiness.Auto _, Readiness.Health _, Readiness.Listening _, Readiness.Tcp _, Readiness.Http _ ->
                false;
        };
    }

    /** A file of its own for each request is what tells the prober that it is another one. */
    void renew(ServiceConfig config) {
        Path request = run.resolve("probes").resolve(config.name());
        Path unit = run.resolve("units").resolve(config.name());
        try {
            if (Files.exists(request)) {
                replace(request, Files.readString(request));
            } else if (isNeeded(config.ready()) && Files.exists(unit)) {
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
