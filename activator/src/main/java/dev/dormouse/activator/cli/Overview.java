package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.status.StatusDocument;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What every service is doing: from its file, systemd's units, and the activator if one runs. Wakes nothing. */
final class Overview {
    private static final String SUFFIX = ".json";

    private final Folders folders;
    private final Units units;
    private final Supplier<Optional<StatusDocument>> activator;

    Overview(Folders folders, Units units, Supplier<Optional<StatusDocument>> activator) {
        this.folders = folders;
        this.units = units;
        this.activator = activator;
    }

    /**
     * The rows, by name.
     *
     * @param only empty for all
     * @throws CommandException if there is no such service
     */
    List<ServiceRow> rows(Optional<String> only) {
        List<String> names = only.map(List::of).orElseGet(this::names);
        if (names.isEmpty()) {
            return List.of();
        }
        Map<String, String> states = units.states(names.stream()
                .flatMap(name -> List.of(Names.socketUnit(name), Names.containerUnit(name)).stream())
                .toList());
        List<StatusDocument.Service> held =
                activator.get().map(StatusDocument::services).orElse(List.of());
        return names.stream().map(name -> row(name, states, held)).toList();
    }

    private List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folders.services(), "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - SUFFIX.length()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new CommandException("cannot read " + folders.services() + ": " + e.getMessage(), e);
        }
        return new ArrayList<>(names);
    }

    private ServiceRow row(String name, Map<String, String> states, List<StatusDocument.Service> held) {
        List<String> listen = listen(name);
        String container = states.getOrDefault(Names.containerUnit(name), "inactive");
        for (StatusDocument.Service service : held) {
            if (service.name().equals(name)) {
                return new ServiceRow(
                        name, service.state(), listen, container, service.connections(), service.lastWake());
            }
        }
        String state = switch (states.getOrDefault(Names.socketUnit(name), "inactive")) {
            case "active" -> "dormant";
            case "failed" -> "failed";
            default -> "off";
        };
        return new ServiceRow(name, state, listen, container, 0, List.of());
    }

    private List<String> listen(String name) {
        Path file = folders.serviceFile(name);
        if (Files.notExists(file)) {
            throw new CommandException("no service named " + name + "; dormouse status lists them");
        }
        try {
            return ServiceConfig.read(file, name).listen();
        } catch (ConfigException e) {
            throw new CommandException(e.getMessage() + "; dormouse enable writes it anew", e);
        }
    }
}
