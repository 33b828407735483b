package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.ServiceFiles;
import dev.dormouse.units.service.ServiceNames;
import java.nio.file.Path;
import java.util.List;

/** {@code dormouse pause} and {@code resume}. */
final class Maintenance {
    private final Folders folders;
    private final Path unitFolder;
    private final Units units;

    Maintenance(Folders folders, Path unitFolder, Units units) {
        this.folders = folders;
        this.unitFolder = unitFolder;
        this.units = units;
    }

    /**
     * From now on clients wait and nothing is woken; connections that there are may end for as long as the activator lets them.
     *
     * @return what was done, for the user
     */
    String pause(ServiceConfig service) {
        String name = service.name();
        String container = Names.containerUnit(service.container());
        String pause = ServiceNames.pauseUnit(name);
        requireSocket(name);
        ServiceFiles files = files(name);
        ServiceFiles.Content before = files.read();
        try {
            files.write(Services.content(files, service.withPaused(true)));
            units.reload();
            units.enable(pause);
            units.start(pause);
            units.stop(List.of(Names.proxyUnit(name)));
        } catch (CommandException | DeclarationException e) {
            throw undone(name, files, before, e);
        }
        boolean runs = Services.isUp(units.states(List.of(container)), container);
        return "paused " + name + ": clients wait until dormouse resume " + name
                + (runs ? "; container " + service.container() + " runs on" : "");
    }

    /**
     * Who waits is served.
     *
     * @return what was done, for the user
     */
    String resume(ServiceConfig service) {
        String name = service.name();
        String container = Names.containerUnit(service.container());
        ServiceFiles files = files(name);
        files.write(Services.content(files, service.withPaused(false)));
        units.reload();
        units.disable(ServiceNames.pauseUnit(name));
        units.stop(List.of(ServiceNames.pauseUnit(name)));
        if (Services.isUp(units.states(List.of(container)), container)) {
            // It was started during the pause: from now on it is held to the idle time.
            units.start(Names.proxyUnit(name));
        }
        return "resumed " + name;
    }

    /** A pause is one of that socket: of another one it would not keep the clients. */
    private void requireSocket(String name) {
        String socket = Names.socketUnit(name);
        if (!Services.isUp(units.states(List.of(socket)), socket)) {
            throw new CommandException(socket + " does not listen, so there is nothing to pause; dormouse enable "
                    + name + " makes it listen, and a socket unit of your own is paused by stopping it");
        }
    }

    private ServiceFiles files(String name) {
        return new ServiceFiles(folders.services(), unitFolder, name);
    }

    private CommandException undone(
            String name, ServiceFiles files, ServiceFiles.Content before, RuntimeException cause) {
        try {
            files.write(before);
            units.reload();
            units.disable(ServiceNames.pauseUnit(name));
            units.stop(List.of(ServiceNames.pauseUnit(name)));
        } catch (CommandException | DeclarationException e) {
            cause.addSuppressed(e);
            return new CommandException(
                    "cannot pause " + name + ": " + cause.getMessage() + "; and it could not be undone: "
                            + e.getMessage(),
                    cause);
        }
        return new CommandException(
                "cannot pause " + name + ": " + cause.getMessage() + "; it is as it was before", cause);
    }
}
