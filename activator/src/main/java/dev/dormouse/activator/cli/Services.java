package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.Declaration;
import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.ListenTrouble;
import dev.dormouse.units.service.ServiceFiles;
import dev.dormouse.units.service.ServiceNames;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Puts services in place and takes them away. Whatever fails, what was there before is there again. */
final class Services {
    private final Folders folders;
    private final Path unitFolder;
    private final Units units;
    private final ListenTrouble trouble;

    Services(Folders folders, Path unitFolder, Units units, ListenTrouble trouble) {
        this.folders = folders;
        this.unitFolder = unitFolder;
        this.units = units;
        this.trouble = trouble;
    }

    /**
     * Makes a container sleep behind its sockets.
     *
     * @return what was done, for the user
     */
    String enable(ServiceConfig config) {
        String name = config.name();
        String container = Names.containerUnit(config.container());
        ServiceFiles files = files(name);
        ServiceFiles.Content before = files.read();
        Map<String, String> states = units.states(List.of(socket(name), pause(name), container));
        refusePaused(name, states);
        boolean wasUp = !before.isEmpty() && isUp(states, socket(name));
        Instant begun = Instant.now();
        try {
            files.write(content(files, config));
            new ProbeRequest(folders.run()).renew(config);
            listen(name, before, files);
            if (isUp(states, container)) {
                // It runs already: from now on it is held to the idle time.
                units.start(proxy(name));
            }
        } catch (CommandException | DeclarationException e) {
            throw undone(config.declaration(), files, before, wasUp, begun, e);
        }
        return (before.isEmpty() ? "enabled " : "changed ") + name + ": listening on "
                + String.join(", ", config.listen()) + ", port " + config.port() + " of "
                + (config.container().equals(name) ? "the container" : "container " + config.container())
                + " when awake";
    }

    /**
     * Takes a service away.
     *
     * @return what was done, for the user
     */
    String disable(String name) {
        ServiceFiles files = files(name);
        if (files.read().isEmpty()) {
            throw CommandException.unknownService(name);
        }
        Registered registered = new Registered(folders);
        List<String> dependents = registered.neededBy(name);
        if (!dependents.isEmpty()) {
            throw new CommandException("service " + name + " is needed by " + String.join(", ", dependents)
                    + ", woken after it (--after); disable or change that first");
        }
        // Its own file may be what is wrong with it.
        String container = files.config().isPresent() ? registered.get(name).container() : name;
        boolean shared = !registered
                .others(name, other -> other.container().equals(container))
                .isEmpty();
        Map<String, String> states = units.states(List.of(proxy(name), pause(name)));
        boolean awake = isUp(states, proxy(name));
        new WarmTimes(units).change(name, files.read(), ServiceFiles.Content.NONE);
        units.stop(List.of(socket(name), proxy(name)));
        endPause(name, states);
        boolean stops = awake && !shared;
        if (stops) {
            units.stop(List.of(Names.containerUnit(container)));
        }
        remove(name, files);
        return "disabled " + name + (stops ? "; its container was awake and has been stopped" : "");
    }

    /** Has systemd read what was written, and listen. */
    void listen(String name, ServiceFiles.Content before, ServiceFiles files) {
        List<String> own = List.of(socket(name), proxy(name));
        units.stop(own);
        units.reload();
        units.enable(socket(name));
        units.resetFailed(own);
        units.start(socket(name));
        new WarmTimes(units).change(name, before, files.read());
    }

    static void refusePaused(String name, Map<String, String> states) {
        if (isUp(states, pause(name))) {
            throw new CommandException("service " + name + " is paused; dormouse resume " + name + " first");
        }
    }

    /** Its pause goes with it. */
    void endPause(String name, Map<String, String> states) {
        if (isUp(states, pause(name))) {
            units.stop(List.of(pause(name)));
            units.disable(pause(name));
        }
    }

    ServiceFiles files(String name) {
        return new ServiceFiles(folders.services(), unitFolder, name);
    }

    static ServiceFiles.Content content(ServiceFiles files, ServiceConfig config) {
        return content(files, config.declaration());
    }

    static ServiceFiles.Content content(ServiceFiles files, Declaration service) {
        String json = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(service.fields());
        return files.content(service, json + "\n");
    }

    void remove(String name, ServiceFiles files) {
        units.disable(socket(name));
        files.write(ServiceFiles.Content.NONE);
        units.reload();
        units.resetFailed(List.of(socket(name), proxy(name)));
        units.stop(List.of(ServiceNames.relistenUnit(name)));
    }

    CommandException undone(
            Declaration service,
            ServiceFiles files,
            ServiceFiles.Content before,
            boolean wasUp,
            Instant since,
            RuntimeException cause) {
        String name = service.name();
        String reason = reason(service, since, cause);
        try {
            ServiceFiles.Content tried = files.read();
            if (before.isEmpty()) {
                new WarmTimes(units).change(name, tried, before);
                remove(name, files);
            } else {
                files.write(before);
                units.reload();
                if (wasUp) {
                    units.start(socket(name));
                    new WarmTimes(units).change(name, tried, before);
                }
            }
        } catch (CommandException | DeclarationException e) {
            cause.addSuppressed(e);
            return new CommandException(
                    "cannot enable " + name + ": " + reason + "; and it could not be undone: " + e.getMessage(), cause);
        }
        String now = before.isEmpty() ? "nothing has been changed" : "it is as it was before";
        return new CommandException("cannot enable " + name + ": " + reason + "; " + now, cause);
    }

    private String reason(Declaration service, Instant since, RuntimeException cause) {
        String known = service.front().listen().stream()
                .flatMap(address -> trouble.with(address).stream())
                .distinct()
                .collect(Collectors.joining("; "));
        if (!known.isEmpty()) {
            return known;
        }
        String journal = units.journal(socket(service.name()), since).stream()
                .filter(line -> line.contains("Failed to"))
                .distinct()
                .collect(Collectors.joining("; "));
        return journal.isEmpty() ? String.valueOf(cause.getMessage()) : journal;
    }

    static boolean isUp(Map<String, String> states, String unit) {
        String state = states.getOrDefault(unit, "inactive");
        return !state.equals("inactive") && !state.equals("failed");
    }

    private static String socket(String name) {
        return Names.socketUnit(name);
    }

    private static String proxy(String name) {
        return Names.proxyUnit(name);
    }

    private static String pause(String name) {
        return ServiceNames.pauseUnit(name);
    }
}
