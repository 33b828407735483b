package dev.dormouse.units.manager;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Has systemd know drop-ins that have come, changed or gone. A unit that is not loaded is read with its drop-ins when it next is, so only
 * one that is loaded (it runs, or another unit names it) needs a {@code daemon-reload}, which reads all units there are: a second, where
 * there are a thousand services. Thread-safe.
 */
public final class DropInReload {
    private final SystemdManager systemd;

    /** Reloads through {@code systemd}. */
    public DropInReload(SystemdManager systemd) {
        this.systemd = systemd;
    }

    /**
     * Returns when systemd knows drop-ins that had one text and have another now.
     *
     * @param before their texts, by {@code …/UNIT.d/FILE}
     * @param after the same of now
     * @throws SystemdException if systemd cannot be reached or refuses
     */
    public void changed(Map<Path, String> before, Map<Path, String> after) {
        boolean rewritten = before.entrySet().stream()
                .anyMatch(file ->
                        !after.getOrDefault(file.getKey(), file.getValue()).equals(file.getValue()));
        if (rewritten || isKnownOtherwise(before.keySet()) || isKnownOtherwise(after.keySet())) {
            systemd.reload();
        }
    }

    /**
     * Returns when systemd knows whether there is a drop-in whose text never changes.
     *
     * @throws SystemdException if systemd cannot be reached or refuses
     */
    public void changed(Path dropIn) {
        if (isKnownOtherwise(List.of(dropIn))) {
            systemd.reload();
        }
    }

    /**
     * NeedDaemonReload would not tell: systemd 252 does not look for new folders in it, and whoever enables a unit over the bus makes it
     * true of all.
     */
    private boolean isKnownOtherwise(Collection<Path> dropIns) {
        return dropIns.stream().anyMatch(dropIn -> isKnown(dropIn) != Files.exists(dropIn));
    }

    private boolean isKnown(Path dropIn) {
        return systemd.properties(unit(dropIn), "Unit").get("DropInPaths") instanceof Collection<?> paths
                && paths.contains(dropIn.toString());
    }

    private static String unit(Path dropIn) {
        String folder = String.valueOf(dropIn.resolveSibling("").getFileName());
        return folder.substring(0, folder.length() - ".d".length());
    }
}
