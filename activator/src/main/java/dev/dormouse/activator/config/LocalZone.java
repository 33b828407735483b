package dev.dormouse.activator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;

/** The machine's time zone as it is now: Java's own is that of the process's start. */
public final class LocalZone {
    private static final String FOLDER = "/zoneinfo/";

    private LocalZone() {}

    /** Blocks on a link. */
    public static ZoneId now() {
        return of(Path.of("/etc/localtime"));
    }

    /** localtime(5): a link to the zone's data, whose path ends with its name. */
    static ZoneId of(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            int start = target.indexOf(FOLDER);
            return start < 0 ? ZoneId.systemDefault() : ZoneId.of(target.substring(start + FOLDER.length()));
        } catch (IOException | DateTimeException _) {
            return ZoneId.systemDefault(); // there is none, it is a file, or Java does not know it
        }
    }
}
