package dev.dormouse.activator.service;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.wake.WakeFailure;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.activator.wake.WakeRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the services that are held have to do with each other: those that share a container or a group sleep together, and one that
 * another needs is ready before it and sleeps after it. Used by tasks of the agenda only.
 */
public final class Neighbours {
    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);

    private final Surroundings around;
    private final Map<String, Service> held;
    private final UnitStop units;
    private final Arrivals arrivals = new Arrivals();
    private final Map<String, List<Consumer<Optional<String>>>> stops = new HashMap<>();
    private final Freezes freezes;

    /**
     * Neighbours.
     *
     * @param held by name; the caller's, which tells of changes by {@link #came} and {@link #left}
     */
    public Neighbours(Surroundings around, Map<String, Service> held) {
        this.around = around;
        this.held = held;
        this.units = new UnitStop(around);
        this.freezes = new Freezes(around, this);
    }

    /** The first stage of sleep. */
    Freezes freezes() {
        return freezes;
    }

    /** A service is held from now on. */
    public void came(Service service) {
        arrivals.came(service);
    }

    /** A service is not held any more. */
    public void left(Service service) {
        String container = service.declared().container();
        if (held.values().stream()
                .noneMatch(other -> other.declared().container().equals(container))) {
            freezes.forget(container);
        }
        changed(service);
    }

    /** Wakes a service's container, once those that it needs are awake. */
    void wake(Service service, WakeRequest request, Consumer<WakeOutcome> outcome) {
        around.background().execute(() -> {
            Optional<ServiceConfig> config = read(service.name());
            around.agenda().execute(() -> {
                config.ifPresent(service.declared()::become);
                freezes.thaw(service);
                wakeInOrder(service, request, outcome);
            });
        });
    }

    /** Whether a service that needs this one is waiting for it. */
    boolean isAwaited(Service service) {
        return dependents(service).stream().anyMatch(other -> other.state() instanceof ServiceState.Waking);
    }

    /** Whether those that sleep with a service are as idle as it is. */
    boolean areQuiet(Service service) {
        return circle(service).stream().allMatch(Service::isQuiet);
    }

    /** Whether a service that is idle may sleep: those that sleep with it are idle too, and nobody needs any of them. */
    boolean mayRest(Service service) {
        Set<Service> circle = circle(service);
        return circle.stream().allMatch(one -> one.agreesToSleep() && circle.containsAll(dependents(one)));
    }

    /** Whether the container of a service that takes no clients any more may be stopped: nobody else can reach it, nor what needs it. */
    boolean mayStop(Service service) {
        return circle(service).stream()
                .allMatch(one -> one.state().isResting()
                        && (!one.declared()
                                        .container()
                                        .equals(service.declared().container())
                                || dependents(one).isEmpty()));
    }

    /** Stops a container's unit, once for all its services that ask while it is being stopped; calls back by the agenda. */
    void stop(String unit, Consumer<Optional<String>> ended) {
        boolean underWay = stops.containsKey(unit);
        List<Consumer<Optional<String>>> waiting = stops.computeIfAbsent(unit, _ -> new ArrayList<>());
        waiting.add(ended);
        if (!underWay) {
            units.stop(
                    unit,
                    problem -> around.agenda().execute(() -> {
                        stops.remove(unit);
                        waiting.forEach(one -> one.accept(problem));
                    }));
        }
    }

    /** Has those look again who waited for what a service does. */
    void changed(Service service) {
        Set<Service> concerned = new LinkedHashSet<>(circle(service));
        service.declared().after().stream()
                .flatMap(name -> Optional.ofNullable(held.get(name)).stream())
                .forEach(concerned::add);
        concerned.remove(service);
        if (!concerned.isEmpty()) {
            around.agenda().execute(() -> concerned.forEach(Service::reconsider));
        }
    }

    private void wakeInOrder(Service service, WakeRequest request, Consumer<WakeOutcome> outcome) {
        if (service.declared().after().isEmpty()) {
            around.waker().wake(request, outcome);
            return;
        }
        // systemd does not start the container of such a service with the hand-over.
        new Predecessors(around, held, arrivals, service)
                .await(problem -> problem.ifPresentOrElse(
                        words -> outcome.accept(new WakeOutcome.Failed(WakeFailure.PREDECESSOR, words)),
                        () -> around.waker().wake(new WakeRequest(request.name(), false, request.wanted()), outcome)));
    }

    private Optional<ServiceConfig> read(String name) {
        try {
            return Optional.of(around.declarations().read(name));
        } catch (ConfigException e) {
            // The waker, which needs more of it, says what is wrong.
            LOG.debug("{}: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    /** The service, and all that share a container or a group with it, or with one of these. */
    Set<Service> circle(Service service) {
        Set<Service> circle = new LinkedHashSet<>(Set.of(service));
        Deque<Service> left = new ArrayDeque<>(circle);
        while (!left.isEmpty()) {
            Service one = left.remove();
            for (Service other : held.values()) {
                if (one.declared().sleepsWith(other.declared()) && circle.add(other)) {
                    left.add(other);
                }
            }
        }
        return circle;
    }

    /** The circle, and those of all that it needs. */
    Set<Service> needed(Service service) {
        Set<Service> needed = new LinkedHashSet<>();
        Deque<Service> left = new ArrayDeque<>(Set.of(service));
        while (!left.isEmpty()) {
            for (Service one : circle(left.remove())) {
                if (needed.add(one)) {
                    one.declared().after().stream()
                            .flatMap(name -> Optional.ofNullable(held.get(name)).stream())
                            .forEach(left::add);
                }
            }
        }
        return needed;
    }

    /** Those that are held of the services that need this one. */
    List<Service> dependents(Service service) {
        return held.values().stream()
                .filter(other -> other != service && other.declared().after().contains(service.name()))
                .toList();
    }
}
