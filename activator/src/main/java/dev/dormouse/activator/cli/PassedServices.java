package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Names;
import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.ListenAddress;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.ServiceFiles;
import dev.dormouse.units.service.ServiceNames;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts services whose containers are passed their sockets in place, and takes them away. Whatever fails, what was there before is there again. */
final class PassedServices {
    private final Folders folders;
    private final Units units;
    private final Services services;

    PassedServices(Folders folders, Units units, Services services) {
        this.folders = folders;
        this.units = units;
        this.services = services;
    }

    /**
     * Has systemd listen, and start the container with the sockets.
     *
     * @return what was done, for the user
     */
    String enable(PassedService service) {
        String name = service.name();
        check(service);
        ServiceFiles files = services.files(name);
        ServiceFiles.Content before = files.read();
        String socket = Names.socketUnit(name);
        boolean wasUp =
                !before.isEmpty() && Services.isUp(units.states(List.of(socket, Names.proxyUnit(name))), socket);
        Instant begun = Instant.now();
        try {
            files.write(Services.content(files, service));
            services.listen(name, before, files);
        } catch (CommandException | DeclarationException e) {
            throw services.undone(service, files, before, wasUp, begun, e);
        }
        return (before.isEmpty() ? "enabled " : "changed ") + name + ": listening on "
                + service.front().listen().stream().map(ListenAddress::text).collect(Collectors.joining(", "))
                + ", passed to "
                + (service.container().equals(name) ? "the container" : "container " + service.container())
                + " when awake";
    }

    /**
     * Takes a service away.
     *
     * @return what was done, for the user
     */
    String disable(PassedService service) {
        String name = service.name();
        String container = Names.containerUnit(service.container());
        String pause = ServiceNames.pauseUnit(name);
        Map<String, String> states = units.states(List.of(container, pause));
        units.stop(List.of(Names.socketUnit(name)));
        services.endPause(name, states);
        boolean awake = Services.isUp(states, container);
        if (awake) {
            // It listens itself, too.
            units.stop(List.of(container));
        }
        services.remove(name, services.files(name));
        return "disabled " + name + (awake ? "; its container was awake and has been stopped" : "");
    }

    /**
     * Refuses to change a service while a container has its sockets: they would be bound still, and the container knows no others.
     *
     * @throws CommandException if it has
     */
    void refuseRunning(String name, String container) {
        String unit = Names.containerUnit(container);
        if (Services.isUp(units.states(List.of(unit)), unit)) {
            throw new CommandException("container " + container
                    + " runs, and gets sockets only when it starts; stop it first: docker stop " + container);
        }
        Services.refusePaused(name, units.states(List.of(ServiceNames.pauseUnit(name))));
    }

    private void check(PassedService service) {
        String name = service.name();
        String container = service.container();
        if (Files.notExists(folders.wakeFile(container))) {
            throw new CommandException("no container named " + container + "; create it first: docker create --name "
                    + container + " IMAGE");
        }
        refuseRunning(name, container);
        Registered registered = new Registered(folders);
        registered
                .others(name, other -> other.container().equals(container))
                .forEach(other -> refuse("--pass: container " + container + " is woken by service " + other
                        + " too, which does not see clients that come by sockets of its own; dormouse disable " + other
                        + " first"));
        registered
                .neededBy(name)
                .forEach(other -> refuse("--pass: service " + other + " is woken after " + name
                        + " (--after), which needs no waking then: its socket keeps clients waiting; change " + other
                        + " first"));
        PassedService.checkSockets(
                container,
                service.front().sockets()
                        + registered.passed().stream()
                                .filter(other -> other.container().equals(container)
                                        && !other.name().equals(name))
                                .mapToInt(other -> other.front().sockets())
                                .sum());
    }

    private static void refuse(String why) {
        throw new CommandException(why);
    }
}
