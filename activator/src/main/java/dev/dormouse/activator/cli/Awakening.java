package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.status.StatusDocument;
import dev.dormouse.units.service.ServiceNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code dormouse wake}: has systemd hand the sockets over, as a client's connection does, and looks how it goes. */
final class Awakening {
    /** Between two looks; nothing tells of a service's state. */
    static final Duration LOOK = Duration.ofMillis(20);
    /** What the activator's own start may take beyond the service's deadline. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Units units;
    private final Supplier<Optional<StatusDocument>> activator;
    private final Runnable pause;

    Awakening(Units units, Supplier<Optional<StatusDocument>> activator, Runnable pause) {
        this.units = units;
        this.activator = activator;
        this.pause = pause;
    }

    /**
     * Wakes all, and returns when all are ready.
     *
     * @param told what was done, for the user
     * @throws CommandException if one does not become ready
     */
    void wake(List<ServiceConfig> services, Consumer<String> told) {
        for (ServiceConfig service : services) {
            if (units.states(List.of(ServiceNames.pauseUnit(service.name()))).containsValue("active")) {
                throw new CommandException(
                        "service " + service.name() + " is paused; dormouse resume " + service.name() + " first");
            }
        }
        services.forEach(this::begin);
        services.forEach(service -> told.accept(await(service)));
    }

    private void begin(ServiceConfig service) {
        String proxy = Names.proxyUnit(service.name());
        String container = Names.containerUnit(service.container());
        if (!service.edge().filter().isEmpty()) {
            // No hand-over starts it: its activator finds that it runs.
            units.start(container);
        }
        Map<String, String> states = units.states(List.of(proxy, container));
        String state = state(service);
        boolean runs = state.equals("awake") && Services.isUp(states, container);
        if (!runs && !state.equals("waking") && Services.isUp(states, proxy)) {
            // Its sockets are held, but nobody would wake it before a client came: hand them over anew.
            units.stop(List.of(proxy));
        }
        units.start(proxy);
    }

    private String await(ServiceConfig service) {
        String name = service.name();
        long looks = service.deadline()
                .multipliedBy(1L + service.relations().after().size())
                .plus(GRACE)
                .dividedBy(LOOK);
        for (long look = 0; look < looks; look++) {
            String state = state(service);
            if (state.equals("awake")) {
                return name + " is awake";
            }
            if (state.equals("failed")) {
                throw new CommandException("service " + name + " could not be woken; see dormouse logs " + name
                        + " and journalctl -u dormouse-activator");
            }
            pause.run();
        }
        throw new CommandException("service " + name + " is not awake within its deadline; see dormouse logs " + name);
    }

    private String state(ServiceConfig service) {
        return activator.get().stream()
                .flatMap(document -> document.services().stream())
                .filter(held -> held.name().equals(service.name()))
                .map(StatusDocument.Service::state)
                .findFirst()
                .orElse("");
    }
}
