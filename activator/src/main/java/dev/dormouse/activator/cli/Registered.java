package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.PassedFile;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.Declaration;
import dev.dormouse.units.service.PassedService;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** The services that there are, by their files. */
final class Registered {
    private static final String SUFFIX = ".json";

    private final Folders folders;

    Registered(Folders folders) {
        this.folders = folders;
    }

    /** All names, ascending. */
    List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folders.services(), "[!.]*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - SUFFIX.length()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new CommandException("cannot read " + folders.services() + ": " + e.getMessage(), e);
        }
        return List.copyOf(names);
    }

    boolean has(String name) {
        return Files.exists(folders.serviceFile(name));
    }

    /**
     * A service.
     *
     * @throws CommandException if there is none of that name, or its file is wrong
     */
    ServiceConfig get(String name) {
        if (passed(name).isPresent()) {
            throw new CommandException(
                    "service " + name
                            + " passes its sockets to its container (pass): it needs no waking, its sockets keep clients waiting");
        }
        return read(name, ServiceConfig::read);
    }

    /**
     * A service whose container is passed its sockets; empty if it is not one.
     *
     * @throws CommandException if there is no service of that name, or its file is wrong
     */
    Optional<PassedService> passed(String name) {
        return read(name, PassedFile::read);
    }

    private <T> T read(String name, BiFunction<Path, String, T> reader) {
        Path file = folders.serviceFile(name);
        if (Files.notExists(file)) {
            throw CommandException.unknownService(name);
        }
        try {
            return reader.apply(file, name);
        } catch (ConfigException e) {
            throw new CommandException(e.getMessage() + "; dormouse enable writes it anew", e);
        }
    }

    /** A service of either kind, as it is declared. */
    Declaration declaration(String name) {
        Optional<PassedService> passed = passed(name);
        return passed.isPresent() ? passed.get() : get(name).declaration();
    }

    /** Those that wake and sleep by the activator, by name. */
    List<ServiceConfig> all() {
        return names().stream()
                .filter(name -> passed(name).isEmpty())
                .map(this::get)
                .toList();
    }

    /** Those whose containers are passed their sockets, by name. */
    List<PassedService> passed() {
        return names().stream().flatMap(name -> passed(name).stream()).toList();
    }

    /** What a service is to be woken after; nothing if there is none of that name. */
    List<String> after(String name) {
        return has(name) ? get(name).relations().after() : List.of();
    }

    /** Names of the other services that a service is bound to in some way. */
    List<String> others(String name, Predicate<ServiceConfig> bound) {
        return all().stream()
                .filter(other -> !other.name().equals(name) && bound.test(other))
                .map(ServiceConfig::name)
                .toList();
    }

    /** Names of the services that are woken after this one. */
    List<String> neededBy(String name) {
        return others(name, other -> other.relations().after().contains(name));
    }

    /** Names of the other services that wake and sleep with this one: of its container, and of its group. */
    List<String> partners(ServiceConfig service) {
        return others(
                service.name(),
                other -> other.container().equals(service.container())
                        || (service.relations().group().isPresent()
                                && other.relations()
                                        .group()
                                        .equals(service.relations().group())));
    }
}
