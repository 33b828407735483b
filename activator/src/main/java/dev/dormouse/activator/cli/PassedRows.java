package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Names;
import dev.dormouse.units.service.ListenAddress;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.ServiceNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What services are doing whose containers are passed their sockets: systemd's units alone know. */
final class PassedRows {
    private PassedRows() {}

    static List<ServiceRow> of(List<PassedService> services, Units units) {
        if (services.isEmpty()) {
            return List.of();
        }
        Map<String, String> states = units.states(services.stream()
                .flatMap(service -> Stream.of(
                        Names.socketUnit(service.name()),
                        ServiceNames.pauseUnit(service.name()),
                        Names.containerUnit(service.container())))
                .distinct()
                .toList());
        return services.stream().map(service -> row(service, states)).toList();
    }

    private static ServiceRow row(PassedService service, Map<String, String> states) {
        String container = states.getOrDefault(Names.containerUnit(service.container()), "inactive");
        return new ServiceRow(
                service.name(),
                state(service.name(), container, states),
                service.front().listen().stream().map(ListenAddress::text).toList(),
                container,
                OptionalInt.empty(),
                List.of(),
                List.of());
    }

    private static String state(String name, String container, Map<String, String> states) {
        String socket = states.getOrDefault(Names.socketUnit(name), "inactive");
        if (socket.equals("failed")) {
            return "failed";
        }
        if (!socket.equals("active")) {
            return "off";
        }
        if (Services.isUp(states, ServiceNames.pauseUnit(name))) {
            return "paused";
        }
        return switch (container) {
            case "activating" -> "waking";
            case "deactivating" -> "falling asleep";
            case "failed" -> "failed";
            case "inactive" -> "dormant";
            default -> "awake";
        };
    }
}
