package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.status.StatusDocument;
import dev.dormouse.activator.status.StatusReader;
import dev.dormouse.units.service.ListenTrouble;
import dev.dormouse.units.service.PortOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The machine that the command works on.
 *
 * @param pause waits a little before the activator is asked again
 */
record Host(
        Folders folders,
        Path unitFolder,
        Units units,
        ListenTrouble trouble,
        Supplier<Optional<StatusDocument>> activator,
        BooleanSupplier root,
        Runnable pause) {
    private static final Path STATUS = Path.of("/run/dormouse/activator/status");

    /** This one. */
    static Host system() {
        return new Host(
                Folders.SYSTEM,
                Path.of("/etc/systemd/system"),
                new Systemctl(),
                new ListenTrouble(new PortOwner(Path.of("/proc"))),
                () -> StatusReader.read(STATUS),
                Host::isRoot,
                Host::pauseALittle);
    }

    Services services() {
        return new Services(folders, unitFolder, units, trouble);
    }

    PassedServices passedServices() {
        return new PassedServices(folders, units, services());
    }

    PassedUpkeep passedUpkeep() {
        return new PassedUpkeep(units);
    }

    Maintenance maintenance() {
        return new Maintenance(folders, unitFolder, units);
    }

    Registered registered() {
        return new Registered(folders);
    }

    private static void pauseALittle() {
        try {
            Thread.sleep(Awakening.LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while waiting", e);
        }
    }

    void requireRoot(String act) {
        if (!root.getAsBoolean()) {
            throw new CommandException("dormouse " + act + " changes systemd's units and must run as root: use sudo");
        }
    }

    /** The effective user of this process: the owner of its files in /proc (proc(5)). */
    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self/status"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new CommandException("cannot read /proc/self/status: " + e.getMessage(), e);
        }
    }
}
