package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
     * @param addresses those of the configuration
     * @return what was done, for the user
     */
    String enable(ServiceConfig config, List<ListenAddress> addresses) {
        String name = config.name();
        ServiceFiles files = new ServiceFiles(folders, unitFolder, name);
        ServiceFiles.Content before = files.read();
        boolean wasUp = !before.isEmpty() && isUp(units.states(List.of(socket(name))), socket(name));
        Instant begun = Instant.now();
        try {
            files.write(ServiceFiles.content(config));
            new ProbeRequest(folders.run()).renew(config);
            units.stop(List.of(socket(name), proxy(name)));
            units.reload();
            units.enable(socket(name));
            units.resetFailed(List.of(socket(name), proxy(name)));
            units.start(socket(name));
        } catch (CommandException e) {
            throw undone(config, addresses, files, before, wasUp, begun, e);
        }
        return (before.isEmpty() ? "enabled " : "changed ") + name + ": listening on "
                + String.join(", ", config.listen()) + ", port " + config.port() + " of the container when awake";
    }

    /**
     * Takes a service away.
     *
     * @return what was done, for the user
     */
    String disable(String name) {
        ServiceFiles files = new ServiceFiles(folders, unitFolder, name);
        if (files.read().isEmpty()) {
            throw new CommandException("no service named " + name + "; dormouse status lists them");
        }
        boolean awake = isUp(units.states(List.of(proxy(name))), proxy(name));
        units.stop(List.of(socket(name), proxy(name)));
        if (awake) {
            units.stop(List.of(Names.containerUnit(name)));
        }
        remove(name, files, ServiceFiles.Content.NONE);
        return "disabled " + name + (awake ? "; its container was awake and has been stopped" : "");
    }

    private void remove(String name, ServiceFiles files, ServiceFiles.Content before) {
        units.disable(socket(name));
        files.write(before);
        units.reload();
        units.resetFailed(List.of(socket(name), proxy(name)));
    }

    private CommandException undone(
            ServiceConfig config,
            List<ListenAddress> addresses,
            ServiceFiles files,
            ServiceFiles.Content before,
            boolean wasUp,
            Instant since,
            CommandException cause) {
        String name = config.name();
        String reason = reason(name, addresses, since, cause);
        try {
            if (before.isEmpty()) {
                remove(name, files, before);
            } else {
                files.write(before);
                units.reload();
                if (wasUp) {
                    units.start(socket(name));
                }
            }
        } catch (CommandException e) {
            cause.addSuppressed(e);
            return new CommandException(
                    "cannot enable " + name + ": " + reason + "; and it could not be undone: " + e.getMessage(), cause);
        }
        String now = before.isEmpty() ? "nothing has been changed" : "it is as it was before";
        return new CommandException("cannot enable " + name + ": " + reason + "; " + now, cause);
    }

    private String reason(String name, List<ListenAddress> addresses, Instant since, CommandException cause) {
        String known = addresses.stream()
                .flatMap(address -> trouble.with(address).stream())
                .distinct()
                .collect(Collectors.joining("; "));
        if (!known.isEmpty()) {
            return known;
        }
        String journal = units.journal(socket(name), since).stream()
                .filter(line -> line.contains("Failed to"))
                .distinct()
                .collect(Collectors.joining("; "));
        return journal.isEmpty() ? String.valueOf(cause.getMessage()) : journal;
    }

    private static boolean isUp(Map<String, String> states, String unit) {
        String state = states.getOrDefault(unit, "inactive");
        return !state.equals("inactive") && !state.equals("failed");
    }

    private static String socket(String name) {
        return Names.socketUnit(name);
    }

    private static String proxy(String name) {
        return Names.proxyUnit(name);
    }
}
