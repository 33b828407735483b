package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Names;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.ServiceNames;
import java.util.List;

/** {@code dormouse wake}, {@code sleep}, {@code pause} and {@code resume} of services whose containers are passed their sockets. */
final class PassedUpkeep {
    private final Units units;

    PassedUpkeep(Units units) {
        this.units = units;
    }

    /**
     * Returns when the container runs.
     *
     * @return what was done, for the user
     */
    String wake(PassedService service) {
        String name = service.name();
        if (isUp(ServiceNames.pauseUnit(name))) {
            throw new CommandException("service " + name + " is paused; dormouse resume " + name + " first");
        }
        try {
            units.start(Names.containerUnit(service.container()));
        } catch (CommandException e) {
            throw new CommandException(
                    "service " + name + " could not be woken; see dormouse logs " + name + ": " + e.getMessage(), e);
        }
        return name + " is awake";
    }

    /**
     * Stops the container; its sockets listen on, and who connects meanwhile wakes it again.
     *
     * @return what was done, for the user
     */
    String sleep(PassedService service) {
        units.stop(List.of(Names.containerUnit(service.container())));
        return service.name() + " sleeps";
    }

    /**
     * From now on clients wait and nothing is woken. What has the sockets is stopped.
     *
     * @return what was done, for the user
     */
    String pause(PassedService service) {
        String name = service.name();
        String socket = Names.socketUnit(name);
        String pause = ServiceNames.pauseUnit(name);
        if (!isUp(socket)) {
            throw new CommandException(socket + " does not listen, so there is nothing to pause; dormouse enable "
                    + name + " --pass makes it listen, and a socket unit of your own is paused by stopping it");
        }
        String container = Names.containerUnit(service.container());
        boolean runs = isUp(container);
        try {
            units.enable(pause);
            units.start(pause);
            units.stop(List.of(container));
        } catch (CommandException e) {
            throw undone(name, pause, e);
        }
        return "paused " + name + ": clients wait until dormouse resume " + name
                + (runs ? "; container " + service.container() + ", which had its sockets, has been stopped" : "");
    }

    /**
     * Who waits is served.
     *
     * @return what was done, for the user
     */
    String resume(PassedService service) {
        String pause = ServiceNames.pauseUnit(service.name());
        units.disable(pause);
        units.stop(List.of(pause));
        return "resumed " + service.name();
    }

    private boolean isUp(String unit) {
        return Services.isUp(units.states(List.of(unit)), unit);
    }

    private CommandException undone(String name, String pause, CommandException cause) {
        String now = "it is as it was before";
        try {
            units.disable(pause);
            units.stop(List.of(pause));
        } catch (CommandException e) {
            cause.addSuppressed(e);
            now = "and it could not be undone: " + e.getMessage();
        }
        return new CommandException("cannot pause " + name + ": " + cause.getMessage() + "; " + now, cause);
    }
}
