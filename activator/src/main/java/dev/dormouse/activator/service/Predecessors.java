package dev.dormouse.activator.service;

import dev.dormouse.activator.config.Names;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.waitport.DurationText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Waits until the services that another one needs are awake, and wakes those that are not. One use, by tasks of the agenda only. */
final class Predecessors {
    private final Surroundings around;
    private final Map<String, Service> held;
    private final Arrivals arrivals;
    private final Service dependent;
    private final Set<String> missing = new TreeSet<>();
    private final Timer deadline;
    private Optional<Consumer<Optional<String>>> ended = Optional.empty();

    Predecessors(Surroundings around, Map<String, Service> held, Arrivals arrivals, Service dependent) {
        this.around = around;
        this.held = held;
        this.arrivals = arrivals;
        this.dependent = dependent;
        this.deadline = new Timer(around.agenda());
    }

    /**
     * Begins.
     *
     * @param told called once: with why they are not ready, or nothing if they are. At the latest when the dependent's deadline is over
     */
    void await(Consumer<Optional<String>> told) {
        ended = Optional.of(told);
        missing.addAll(dependent.declared().after());
        deadline.plan(
                dependent.declared().deadline(),
                () -> end(Optional.of("service " + dependent.name() + " needs " + String.join(", ", missing)
                        + ", not ready after "
                        + DurationText.format(dependent.declared().deadline())
                        + "; see dormouse status " + missing.iterator().next())));
        dependent.declared().after().forEach(this::look);
    }

    /** One that just gives its sockets back is as good as asleep: its next hand-over is waited for. */
    private void look(String name) {
        Service service = held.get(name);
        if (service != null && !service.isDraining()) {
            expect(service);
        } else {
            arrivals.await(name, this::expect);
            around.background().execute(() -> handOver(name));
        }
    }

    /** As a client: it is served as soon as the container is ready. */
    private void expect(Service service) {
        var _ = service.address(Optional.empty())
                .whenComplete((_, failure) -> around.agenda().execute(() -> served(service.name(), failure == null)));
    }

    private void served(String name, boolean ready) {
        if (ended.isEmpty()) {
            return;
        }
        if (!ready && isAsleep(name)) {
            look(name); // It fell asleep meanwhile.
            return;
        }
        if (!ready) {
            end(Optional.of("service " + dependent.name() + " needs " + name + ", which could not be woken"));
            return;
        }
        missing.remove(name);
        if (missing.isEmpty()) {
            end(Optional.empty());
        }
    }

    private boolean isAsleep(String name) {
        Service service = held.get(name);
        return service == null || service.isDraining();
    }

    /** Wakes it as a connection would; nothing if systemd has done so with the dependent's own hand-over. */
    private void handOver(String name) {
        String unit = Names.proxyUnit(name);
        Optional<String> problem;
        try {
            JobResult result = around.manager().start(unit);
            problem = result == JobResult.DONE
                    ? Optional.empty()
                    : Optional.of("start of " + unit + " ended with result "
                            + result.name().toLowerCase(Locale.ROOT));
        } catch (SystemdException e) {
            problem = Optional.of("cannot start " + unit + ": " + e.getMessage());
        }
        problem.ifPresent(words -> around.agenda()
                .execute(() -> end(Optional.of("service " + dependent.name() + " needs " + name + ": " + words))));
    }

    private void end(Optional<String> problem) {
        Optional<Consumer<Optional<String>>> told = ended;
        ended = Optional.empty();
        deadline.cancel();
        told.ifPresent(consumer -> consumer.accept(problem));
    }
}
