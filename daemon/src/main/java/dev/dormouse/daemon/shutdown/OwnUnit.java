package dev.dormouse.daemon.shutdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which service a process is, by its control group, which systemd names after it (systemd.service(5)). */
public final class OwnUnit {
    private OwnUnit() {}

    /** This process's. */
    public static Optional<String> name() {
        return in(Path.of("/proc/self/cgroup"));
    }

    /** By a /proc/PID/cgroup (cgroups(7)): {@code 0::/system.slice/dormouse.service}, or v1's line with {@code name=systemd}. */
    static Optional<String> in(Path cgroups) {
        try {
            return of(Files.readAllLines(cgroups));
        } catch (IOException _) {
            return Optional.empty(); // no control groups: no systemd either
        }
    }

    private static Optional<String> of(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> (fields.length == 3) && (fields[1].isEmpty() || fields[1].equals("name=systemd")))
                .map(fields -> fields[2].substring(fields[2].lastIndexOf('/') + 1))
                .filter(name -> name.endsWith(".service"))
                .findFirst();
    }
}
