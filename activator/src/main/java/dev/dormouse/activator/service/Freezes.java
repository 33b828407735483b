package dev.dormouse.activator.service;

import dev.dormouse.activator.cgroup.ContainerCgroup;
import dev.dormouse.activator.config.ContainerFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Freezes containers that nobody has come to for a while, and thaws them. Those that sleep together freeze together; one that others need
 * freezes after them, and is thawed with them. Used by tasks of the agenda only.
 */
final class Freezes {
    private final Surroundings around;
    private final Neighbours neighbours;
    /** By the container's name. */
    private final Map<String, Freezer> freezers = new HashMap<>();

    Freezes(Surroundings around, Neighbours neighbours) {
        this.around = around;
        this.neighbours = neighbours;
    }

    /** The freezer of a container that has become ready. */
    Freezer of(String container, ContainerFacts facts) {
        ContainerCgroup cgroup = ContainerCgroup.of(facts);
        Freezer known = freezers.get(container);
        if (known == null || !known.cgroup().equals(cgroup)) {
            known = new Freezer(cgroup, around);
            freezers.put(container, known);
        }
        return known;
    }

    /** The container was stopped, or nobody holds a service of it any more. */
    void forget(String container) {
        freezers.remove(container);
    }

    /** Whether its container is frozen, or about to be. */
    boolean isFrozen(Service service) {
        return find(service).filter(Freezer::isShut).isPresent();
    }

    /** Freezes the container of a service, and those that sleep with it, if all of them have been quiet for long enough. */
    void freeze(Service service) {
        Set<Service> circle = neighbours.circle(service);
        if (!circle.stream().allMatch(one -> one.agreesToFreeze() && isUnused(one, circle))) {
            return;
        }
        long begun = around.agenda().nanos();
        Set<Freezer> all = freezers(circle);
        all.forEach(Freezer::shut);
        if (circle.stream().anyMatch(Service::hasClients)) {
            // Who came in this very moment may have gone straight through.
            all.forEach(freezer -> freezer.open(_ -> {}));
            return;
        }
        for (Freezer freezer : all) {
            freezer.freeze(problem -> tell(circle, freezer, one -> one.frozen(problem, since(begun))));
        }
    }

    /** Thaws what is frozen of a service's container, those that sleep with it, and what they need. */
    void thaw(Service service) {
        long begun = around.agenda().nanos();
        Set<Service> concerned = neighbours.needed(service);
        for (Freezer freezer : freezers(concerned)) {
            if (freezer.isShut()) {
                freezer.open(problem -> tell(concerned, freezer, one -> one.thawed(problem, since(begun))));
            }
        }
    }

    /** Nobody awake needs it, but for those that freeze with it. */
    private boolean isUnused(Service service, Set<Service> circle) {
        return neighbours.dependents(service).stream()
                .allMatch(other -> circle.contains(other)
                        || isFrozen(other)
                        || other.state().isResting());
    }

    private void tell(Set<Service> services, Freezer freezer, Consumer<Service> told) {
        services.stream().filter(one -> find(one).equals(Optional.of(freezer))).forEach(told);
    }

    private Duration since(long begun) {
        return Duration.ofNanos(around.agenda().nanos() - begun);
    }

    private Set<Freezer> freezers(Set<Service> services) {
        return services.stream()
                .flatMap(one -> find(one).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Optional<Freezer> find(Service service) {
        return Optional.ofNullable(freezers.get(service.declared().container()));
    }
}
