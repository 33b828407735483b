package dev.dormouse.activator;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.handoff.HandoffMessage;
import dev.dormouse.activator.service.Neighbours;
import dev.dormouse.activator.service.Service;
import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.activator.succession.Legacy;
import dev.dormouse.activator.succession.SuccessionException;
import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.DataPlane;
import dev.dormouse.proxy.DatagramReception;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All services that are held here. Used by tasks of the agenda only. */
public final class Activator {
    private static final Logger LOG = LoggerFactory.getLogger(Activator.class);

    private final Surroundings around;
    private final DataPlane dataPlane;
    private final IntConsumer closeDescriptor;
    private final IntConsumer onChange;
    private final Map<String, Service> services = new TreeMap<>();
    private final Neighbours neighbours;
    private final Receptions receptions;
    /** What is still under way for a sender that may put a barrier behind it: process id, and how many. */
    private final Map<Integer, PendingTakeBacks> pending = new HashMap<>();

    /**
     * An activator that holds nothing.
     *
     * @param closeDescriptor closes a descriptor of this process
     * @param onChange told how many services are held each time that changes
     */
    public Activator(Surroundings around, DataPlane dataPlane, IntConsumer closeDescriptor, IntConsumer onChange) {
        this.around = around;
        this.dataPlane = dataPlane;
        this.closeDescriptor = closeDescriptor;
        this.onChange = onChange;
        this.neighbours = new Neighbours(around, services);
        this.receptions = new Receptions(around);
    }

    /** Does what a message asks for. */
    public void handle(HandoffMessage message) {
        switch (message) {
            case HandoffMessage.HandOver handOver -> handOver(handOver);
            case HandoffMessage.TakeBack takeBack -> takeBack(takeBack);
            case HandoffMessage.Barrier barrier -> barrier(barrier);
            case HandoffMessage.Rejected rejected -> {
                rejected.descriptors().forEach(closeDescriptor::accept);
                LOG.warn("{}", rejected.reason());
            }
        }
    }

    /** Whether nothing is held. */
    public boolean isEmpty() {
        return services.isEmpty();
    }

    /** What is held, by name. */
    public List<ServiceSnapshot> snapshots() {
        return services.values().stream().map(Service::snapshot).toList();
    }

    /** Goes on with what an earlier activator left. */
    public void inherit(List<Legacy> legacies) {
        for (Legacy legacy : legacies) {
            String name = legacy.name();
            List<Listener> listeners = new ArrayList<>();
            Service service = new Service(name, around, neighbours, () -> gone(name));
            Optional<ServiceConfig> config = declared(name);
            Reception reception = receptions.of(config);
            reception.sources().ifPresent(sources -> sources.expect(legacy.connections()));
            DatagramReception datagrams = receptions.ofDatagrams(config);
            for (int descriptor : legacy.listeners()) {
                listeners.add(dataPlane.listen(descriptor, reception, datagrams, service));
            }
            legacy.connections().forEach(connection -> goOn(connection, listeners));
            services.put(name, service);
            service.inherit(listeners, config, legacy.awake());
            neighbours.came(service);
        }
        onChange.accept(services.size());
    }

    /** Whichever listener it came by, it goes on behind one that has connections. */
    private static void goOn(CarriedConnection connection, List<Listener> listeners) {
        listeners.stream()
                .filter(Listener::takesUp)
                .findFirst()
                .orElseThrow(() -> new SuccessionException("a connection was left without its listener"))
                .takeUp(connection);
    }

    /** Leaves everything to the next activator, but what is being given back; this one serves nobody any more. */
    public List<CompletableFuture<Legacy>> bequeath() {
        return services.values().stream()
                .filter(service -> !service.isDraining())
                .map(Service::bequeath)
                .toList();
    }

    /** Whether sockets are being given back. */
    public boolean isDraining() {
        return services.values().stream().anyMatch(Service::isDraining);
    }

    private void handOver(HandoffMessage.HandOver message) {
        String name = message.name();
        Service service = services.containsKey(name)
                ? services.get(name)
                : new Service(name, around, neighbours, () -> gone(name));
        Optional<ServiceConfig> declared = declared(name);
        Reception reception = receptions.of(declared);
        DatagramReception datagrams = receptions.ofDatagrams(declared);
        List<Listener> listeners = new ArrayList<>();
        for (int descriptor : message.descriptors()) {
            try {
                listeners.add(dataPlane.listen(descriptor, reception, datagrams, service));
            } catch (IllegalArgumentException e) {
                closeDescriptor.accept(descriptor);
                LOG.error("{}: a socket that was handed over cannot be served: {}", name, e.getMessage());
            }
        }
        if (!listeners.isEmpty()) {
            services.put(name, service);
            service.handOver(listeners, declared);
            neighbours.came(service);
            onChange.accept(services.size());
        }
    }

    private Optional<ServiceConfig> declared(String name) {
        try {
            return Optional.of(around.declarations().read(name));
        } catch (ConfigException e) {
            LOG.debug("{}: its wake will say the same", name, e);
            return Optional.empty();
        }
    }

    private void takeBack(HandoffMessage.TakeBack message) {
        Service service = services.get(message.name());
        if (service != null) {
            PendingTakeBacks takeBacks = pending.computeIfAbsent(
                    message.sender(), sender -> new PendingTakeBacks(() -> pending.remove(sender)));
            service.takeBack(takeBacks.one());
        }
    }

    private void barrier(HandoffMessage.Barrier message) {
        PendingTakeBacks takeBacks = pending.get(message.sender());
        if (takeBacks == null) {
            closeDescriptor.accept(message.descriptor());
        } else {
            takeBacks.whenDone(() -> closeDescriptor.accept(message.descriptor()));
        }
    }

    private void gone(String name) {
        Service service = services.remove(name);
        if (service != null) {
            neighbours.left(service);
        }
        onChange.accept(services.size());
    }
}
