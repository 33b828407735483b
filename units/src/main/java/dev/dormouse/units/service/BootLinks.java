package dev.dormouse.units.service;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The links in {@code TARGET.wants} by which units are started from the boot on: those that {@code systemctl enable} makes of the units'
 * {@code [Install]}. Made here, as the bus call for it has systemd call every unit of the machine changed on disk until the next
 * {@code daemon-reload}. Thread-safe for different units.
 *
 * @param units where the administrator's units are: {@code /etc/systemd/system}
 * @param target that the units' {@code WantedBy=} names
 */
public record BootLinks(Path units, String target) {
    /** Of services, which listen from the boot on, or wait. */
    public static BootLinks ofSockets(Path units) {
        return new BootLinks(units, "sockets.target");
    }

    /** Of the timers of services that are kept warm. */
    public static BootLinks ofTimers(Path units) {
        return new BootLinks(units, "timers.target");
    }

    private Path folder() {
        return units.resolve(target + ".wants");
    }

    /** Whether a unit has its link. */
    public boolean has(String unit) {
        return Files.isSymbolicLink(folder().resolve(unit));
    }

    /**
     * Makes the link of a unit, durably; nothing if it is there.
     *
     * @param template the file that the unit is read from
     * @throws DeclarationException if it cannot be made
     */
    public void make(String unit, Path template) {
        Path link = folder().resolve(unit);
        try {
            Files.createDirectories(folder());
            if (!has(unit)) {
                Files.createSymbolicLink(link, template);
                sync();
            }
        } catch (IOException e) {
            throw new DeclarationException("cannot make the link " + link + ": " + e.getMessage(), e);
        }
    }

    /**
     * Removes the link of a unit, durably; nothing if there is none.
     *
     * @throws DeclarationException if it cannot be removed
     */
    public void remove(String unit) {
        Path link = folder().resolve(unit);
        try {
            if (Files.deleteIfExists(link)) {
                sync();
            }
        } catch (IOException e) {
            throw new DeclarationException("cannot remove the link " + link + ": " + e.getMessage(), e);
        }
    }

    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(folder(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
