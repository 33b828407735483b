package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.ServiceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a request against the container as the engine made it. */
final class ServiceCheck {
    private final Folders folders;

    ServiceCheck(Folders folders) {
        this.folders = folders;
    }

    /**
     * What to write for the request.
     *
     * @throws CommandException if there is no such container, or it cannot be reached, or the request does not fit it
     */
    ServiceConfig check(ServiceRequest request) {
        String name = request.name();
        Path file = folders.wakeFile(name);
        if (Files.notExists(file)) {
            throw new CommandException(
                    "no container named " + name + "; create it first: docker create --name " + name + " IMAGE");
        }
        ContainerFacts facts = facts(file, name);
        if (facts.address().isEmpty()) {
            throw new CommandException("container " + name
                    + " has no network (--network none), so nothing can connect to it; create it with another network");
        }
        List<String> listen = request.listen().stream().map(ListenAddress::text).toList();
        Set<String> seen = new HashSet<>();
        for (String address : listen) {
            if (!seen.add(address)) {
                throw new CommandException("--listen: " + address + " is given twice");
            }
        }
        int port = request.port().orElseGet(() -> onlyPort(facts));
        return new ServiceConfig(
                name, listen, port, request.idle(), request.ready(), request.deadline(), request.limits());
    }

    private static ContainerFacts facts(Path file, String name) {
        try {
            return ContainerFacts.read(file, name);
        } catch (ConfigException e) {
            throw new CommandException(e.getMessage() + "; the engine writes this file when it makes the container", e);
        }
    }

    private static int onlyPort(ContainerFacts facts) {
        List<Integer> ports = facts.ports();
        if (ports.size() == 1) {
            return ports.getFirst();
        }
        if (ports.isEmpty()) {
            throw new CommandException("the image of " + facts.name() + " exposes no TCP port; say which with --port");
        }
        String all = ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
        throw new CommandException(
                "the image of " + facts.name() + " exposes ports " + all + "; say which with --port");
    }
}
