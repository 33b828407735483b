package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.DependencyOrder;
import dev.dormouse.units.service.ServiceNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** {@code dormouse sleep}: what the activator does at the end of the idle time, now. */
final class Bedtime {
    private final Units units;
    private final Registered registered;

    Bedtime(Units units, Registered registered) {
        this.units = units;
        this.registered = registered;
    }

    /**
     * Puts services to sleep, and those that wake and sleep with them. Clients that come meanwhile wait, and wake them again.
     *
     * @param told what was done, for the user
     * @throws CommandException if one is needed by another that is awake
     */
    void sleep(List<ServiceConfig> services, Consumer<String> told) {
        Set<String> names = withPartners(services);
        refuseNeeded(names);
        List<String> containers = containers(names);
        List<String> proxies = names.stream().map(Names::proxyUnit).toList();
        List<String> pauses = pauses(names);
        try {
            pauses.forEach(units::start);
            units.stop(proxies);
            containers.forEach(container -> units.stop(List.of(container)));
        } finally {
            if (!pauses.isEmpty()) {
                units.stop(pauses);
            }
        }
        names.forEach(name -> told.accept(name + " sleeps"));
    }

    /**
     * What keeps clients waiting between the stop of the proxy and that of the container: a pause of each that is not paused. A socket
     * unit of the user's own knows no pause; one of its clients that comes just then is closed.
     */
    private List<String> pauses(Set<String> names) {
        Map<String, String> states = units.states(names.stream()
                .flatMap(name -> Stream.of(Names.socketUnit(name), ServiceNames.pauseUnit(name)))
                .toList());
        return names.stream()
                .filter(name -> Services.isUp(states, Names.socketUnit(name)))
                .map(ServiceNames::pauseUnit)
                .filter(unit -> !Services.isUp(states, unit))
                .toList();
    }

    private Set<String> withPartners(List<ServiceConfig> services) {
        Set<String> names = new LinkedHashSet<>();
        List<ServiceConfig> left = new ArrayList<>(services);
        while (!left.isEmpty()) {
            ServiceConfig service = left.removeLast();
            if (names.add(service.name())) {
                registered.partners(service).forEach(name -> left.add(registered.get(name)));
            }
        }
        return names;
    }

    private void refuseNeeded(Set<String> names) {
        for (String name : names) {
            for (String dependent : registered.neededBy(name)) {
                String proxy = Names.proxyUnit(dependent);
                if (!names.contains(dependent) && Services.isUp(units.states(List.of(proxy)), proxy)) {
                    throw new CommandException("service " + name + " is needed by " + dependent
                            + ", which is awake; put it to sleep too: dormouse sleep " + dependent + " " + name);
                }
            }
        }
    }

    /** Units of the containers, each before those that it needs. */
    private List<String> containers(Set<String> names) {
        return DependencyOrder.closure(List.copyOf(names), registered::after).reversed().stream()
                .filter(names::contains)
                .map(name -> Names.containerUnit(registered.get(name).container()))
                .distinct()
                .toList();
    }
}
