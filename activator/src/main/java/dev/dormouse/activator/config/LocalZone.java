package dev.dormouse.activator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            String name = start < 0 ? "" : target.substring(start + FOLDER.length());
            if (ZoneId.getAvailableZoneIds().contains(name)) {
                return ZoneId.of(name);
            }
        } catch (IOException _) {
            return ZoneId.systemDefault(); // there is none, or it is a file
        }
        return ZoneId.systemDefault();
    }
}
