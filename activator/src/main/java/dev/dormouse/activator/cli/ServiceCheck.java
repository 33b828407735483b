package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.DependencyOrder;
import dev.dormouse.units.service.ExposedPorts;
import dev.dormouse.units.service.ListenAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        String name = request.relations().container();
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
        if ((request.ready() instanceof Readiness.Health) && !facts.healthcheck()) {
            throw new CommandException("--ready health: container " + name
                    + " has no health check; create it with --health-cmd, or choose another way to be ready");
        }
        checkRelations(request);
        int port = request.port().orElseGet(() -> onlyPort(facts, request.listen()));
        ServiceConfig config = new ServiceConfig(
                request.name(),
                request.listen().stream().map(ListenAddress::text).toList(),
                port,
                request.idle(),
                request.ready(),
                request.deadline(),
                request.limits(),
                request.relations(),
                request.rest(),
                request.edge());
        config.declaration();
        return config;
    }

    private void checkRelations(ServiceRequest request) {
        Registered registered = new Registered(folders);
        registered.passed().stream()
                .filter(other -> !other.name().equals(request.name())
                        && other.container().equals(request.relations().container()))
                .forEach(other -> {
                    throw new CommandException("container " + other.container() + " has the sockets of service "
                            + other.name() + " itself (--pass), whose clients nobody sees: give this one --pass too");
                });
        for (String other : request.relations().after()) {
            if (!other.equals(request.name()) && !registered.has(other)) {
                throw new CommandException("--after: no service named " + other + "; enable it first");
            }
            if (!other.equals(request.name())
                    && registered
                            .get(other)
                            .container()
                            .equals(request.relations().container())) {
                throw new CommandException("--after: " + other + " is a service of the same container");
            }
        }
        DependencyOrder.refuseCycle(request.name(), request.relations().after(), registered::after);
    }

    private static ContainerFacts facts(Path file, String name) {
        try {
            return ContainerFacts.read(file, name);
        } catch (ConfigException e) {
            throw new CommandException(e.getMessage() + "; the engine writes this file when it makes the container", e);
        }
    }

    private static int onlyPort(ContainerFacts facts, List<ListenAddress> listen) {
        List<Integer> ports = facts.ports().meantBy(listen);
        if (ports.size() == 1) {
            return ports.getFirst();
        }
        if (ports.isEmpty()) {
            throw new CommandException("the image of " + facts.name() + " exposes no " + ExposedPorts.kind(listen)
                    + "; say which with --port");
        }
        String all = ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
        throw new CommandException(
                "the image of " + facts.name() + " exposes ports " + all + "; say which with --port");
    }
}
