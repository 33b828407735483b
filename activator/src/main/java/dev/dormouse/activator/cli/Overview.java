package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.status.StatusDocument;
import dev.dormouse.units.service.ServiceNames;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What every service is doing: from its file, systemd's units, and the activator if one runs. Wakes nothing. */
final class Overview {
    private final Registered registered;
    private final Units units;
    private final Supplier<Optional<StatusDocument>> activator;

    Overview(Folders folders, Units units, Supplier<Optional<StatusDocument>> activator) {
        this.registered = new Registered(folders);
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
        List<ServiceRow> passed = PassedRows.of(
                only.map(name -> registered.passed(name).stream().toList()).orElseGet(registered::passed), units);
        if (only.isPresent() && !passed.isEmpty()) {
            return passed;
        }
        return Stream.concat(
                        held(only.map(name -> List.of(registered.get(name))).orElseGet(registered::all)).stream(),
                        passed.stream())
                .sorted(Comparator.comparing(ServiceRow::name))
                .toList();
    }

    private List<ServiceRow> held(List<ServiceConfig> services) {
        if (services.isEmpty()) {
            return List.of();
        }
        Map<String, String> states = units.states(services.stream()
                .flatMap(service -> List.of(
                        Names.socketUnit(service.name()),
                        ServiceNames.pauseUnit(service.name()),
                        Names.containerUnit(service.container()))
                        .stream())
                .distinct()
                .toList());
        List<StatusDocument.Service> held =
                activator.get().map(StatusDocument::services).orElse(List.of());
        return services.stream().map(service -> row(service, states, held)).toList();
    }

    private static ServiceRow row(ServiceConfig config, Map<String, String> states, List<StatusDocument.Service> held) {
        String name = config.name();
        String container = states.getOrDefault(Names.containerUnit(config.container()), "inactive");
        for (StatusDocument.Service service : held) {
            if (service.name().equals(name)) {
                return new ServiceRow(
                        name,
                        service.state(),
                        config.listen(),
                        container,
                        OptionalInt.of(service.connections()),
                        service.lastWake(),
                        config.rest().words());
            }
        }
        String socket = states.getOrDefault(Names.socketUnit(name), "inactive");
        String state;
        if (!socket.equals("active")) {
            state = socket.equals("failed") ? "failed" : "off";
        } else {
            state = Services.isUp(states, ServiceNames.pauseUnit(name)) ? "paused" : "dormant";
        }
        return new ServiceRow(
                name,
                state,
                config.listen(),
                container,
                OptionalInt.of(0),
                List.of(),
                config.rest().words());
    }
}
