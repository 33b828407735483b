package dev.dormouse.units.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A service as it is declared.
 *
 * @param name of the service: the instance of its socket and of its proxy
 * @param target what a connection reaches
 * @param front where it listens
 * @param times how long it waits
 * @param limits what it may cost
 * @param bonds to other services
 * @param origin who declared it
 * @param paused whether connections wait, and wake nothing
 * @param edge how it meets its clients
 */
public record ServiceDeclaration(
        String name,
        Target target,
        Front front,
        Times times,
        Limits limits,
        Bonds bonds,
        Origin origin,
        boolean paused,
        Edge edge)
        implements Declaration {
    private static final int SCHEMA = 1;

    /**
     * What a connection reaches.
     *
     * @param port the container's port, of TCP, UDP or both
     * @param ready what must be seen before clients are connected, in the words of {@code --ready}
     */
    public record Target(String container, int port, String ready) {
        /** @throws DeclarationException if the name or the port is none */
        public Target {
            ServiceNames.checked(container);
            if (port < 1 || port > 65_535) {
                throw new DeclarationException(port + " is not a port from 1 to 65535");
            }
        }
    }

    /** Where a service listens. */
    public record Front(List<ListenAddress> listen, SocketAccess access) {
        /** @throws DeclarationException if there is no address, one comes twice, or there is no unix socket to restrict */
        public Front {
            listen = List.copyOf(listen);
            if (listen.isEmpty()) {
                throw new DeclarationException("a service needs an address to listen on");
            }
            for (int i = 0; i < listen.size(); i++) {
                if (listen.indexOf(listen.get(i)) != i) {
                    throw new DeclarationException(listen.get(i) + " is given twice");
                }
            }
            if (!access.isStandard() && listen.stream().noneMatch(ListenAddress::isUnix)) {
                throw new DeclarationException(
                        "mode, user and group are those of a unix socket, and no path is listened on");
            }
        }

        /** The sockets that systemd listens on for it. */
        public int sockets() {
            return DropIns.sockets(this).size();
        }
    }

    /**
     * Times as {@code 90s}, {@code 10m}; who makes this has checked them.
     *
     * @param idle it falls asleep after this time without a connection
     * @param minAwake it is awake at least this long
     * @param deadline a client waits at most this long
     * @param rules what it does besides its idle time on the way to sleep
     */
    public record Times(String idle, String minAwake, String deadline, SleepRules rules) {}

    /**
     * What it may cost; who makes this has checked it.
     *
     * @param queueDeadline a wake waits at most this long for its turn
     * @param unitDeadline from its turn on, the container is started within this time
     * @param connectionsMax clients of one listener at once, 1 to {@link #MOST_CONNECTIONS}; empty for the activator's own maximum
     * @param connectionsPerSource clients of one source that are served at once, by all listeners; as many again are held. Empty for no limit
     */
    public record Limits(
            String queueDeadline, String unitDeadline, OptionalInt connectionsMax, OptionalInt connectionsPerSource) {
        /** The most clients that may be asked for. */
        public static final int MOST_CONNECTIONS = 1_000_000;

        /** Those of a service that names none. */
        public static final Limits STANDARD = new Limits("30s", "1m", OptionalInt.empty(), OptionalInt.empty());
    }

    /**
     * Bonds to other services.
     *
     * @param after services that are woken, and ready, first
     * @param group services with the same group wake and sleep together
     */
    public record Bonds(List<String> after, Optional<String> group) {
        /** @throws DeclarationException if a name is none */
        public Bonds {
            after = List.copyOf(after);
            after.forEach(ServiceNames::checked);
            group.ifPresent(ServiceNames::checked);
        }
    }

    /**
     * Who declared it.
     *
     * @param containerId of the container whose labels did; empty for {@code dormouse enable}
     */
    public record Origin(DeclaredBy by, Optional<String> containerId) {
        /** By hand. */
        public static final Origin ENABLE = new Origin(DeclaredBy.ENABLE, Optional.empty());
    }

    /** @throws DeclarationException if the name is none, or two of its parts do not go together */
    public ServiceDeclaration {
        ServiceNames.checked(name);
        edge.checkWith(target, bonds);
        DatagramRules.check(target, front, edge);
    }

    @Override
    public String container() {
        return target.container();
    }

    @Override
    public List<String> after() {
        return bonds.after();
    }

    /** The same, paused or not. */
    public ServiceDeclaration withPaused(boolean now) {
        return new ServiceDeclaration(name, target, front, times, limits, bonds, origin, now, edge);
    }

    /** The fields of {@code services/NAME.json}: texts, numbers, booleans, and lists of texts. */
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        fields.put("name", name);
        fields.put("container", target.container());
        fields.put("declaredBy", origin.by().word());
        origin.containerId().ifPresent(id -> fields.put("containerId", id));
        fields.put("listen", front.listen().stream().map(ListenAddress::text).toList());
        fields.putAll(front.access().fields());
        fields.put("port", target.port());
        fields.put("idle", times.idle());
        fields.put("minAwake", times.minAwake());
        fields.putAll(times.rules().fields());
        fields.put("ready", target.ready());
        fields.put("deadline", times.deadline());
        fields.put("queueDeadline", limits.queueDeadline());
        fields.put("unitDeadline", limits.unitDeadline());
        limits.connectionsMax().ifPresent(most -> fields.put("connectionsMax", most));
        limits.connectionsPerSource().ifPresent(most -> fields.put("connectionsMaxPerSource", most));
        fields.put("after", bonds.after());
        bonds.group().ifPresent(group -> fields.put("group", group));
        fields.put("paused", paused);
        fields.putAll(edge.fields());
        return fields;
    }
}
