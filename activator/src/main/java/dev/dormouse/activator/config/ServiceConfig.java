package dev.dormouse.activator.config;

import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.Edge;
import dev.dormouse.units.service.ListenAddress;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.ServiceDeclaration;
import dev.dormouse.waitport.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a container sleeps, as {@code dormouse enable} wrote it into {@code /etc/dormouse/services/NAME.json}.
 *
 * @param listen addresses as systemd's ListenStream= takes them, or with /udp behind it for UDP; at least one
 * @param port the container's port, of TCP, UDP or both
 * @param idle it falls asleep after this time without a connection; 1 ms to 365 days
 * @param deadline a client waits at most this long; 1 ms to 24 h
 * @param limits what it may cost
 * @param relations to its container and to other services
 * @param rest what it does besides on the way to sleep
 * @param edge how it meets its clients; a waiting page's time is 0 s to 1 min, that of a UDP session 1 s to 24 h
 */
public record ServiceConfig(
        String name,
        List<String> listen,
        int port,
        Duration idle,
        Readiness ready,
        Duration deadline,
        ServiceLimits limits,
        Relations relations,
        RestRules rest,
        Edge edge) {
    static final int SCHEMA = 1;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration LONGEST_IDLE = Duration.ofDays(365);
    private static final Duration LONGEST_DEADLINE = Duration.ofHours(24);
    private static final Duration LONGEST_WAITING = Duration.ofMinutes(1);
    private static final Duration LEAST_SESSION = Duration.ofSeconds(1);
    private static final Duration LONGEST_SESSION = Duration.ofHours(24);
    private static final Duration LONGEST_MIN_AWAKE = Duration.ofHours(24);

    public ServiceConfig {
        listen = List.copyOf(listen);
    }

    /** A service that wakes the container of its own name, alone, with the standard limits. */
    public ServiceConfig(
            String name, List<String> listen, int port, Duration idle, Readiness ready, Duration deadline) {
        this(
                name,
                listen,
                port,
                idle,
                ready,
                deadline,
                ServiceLimits.STANDARD,
                Relations.ofContainer(name),
                RestRules.NONE,
                Edge.PLAIN);
    }

    /**
     * Reads a service's file.
     *
     * @throws ConfigException if it is missing or wrong
     */
    public static ServiceConfig read(Path file, String name) {
        JsonFields fields = JsonFields.read(file);
        fields.requireSchema(SCHEMA);
        if (!fields.text("name").equals(name)) {
            throw fields.wrong("name", "must be " + name);
        }
        if (fields.flag(PassedService.FIELD)) {
            throw fields.wrong(
                    PassedService.FIELD,
                    "has the container take the sockets itself, from systemd: its socket unit must say Service="
                            + Names.containerUnit(
                                    fields.optionalText("container").orElse(name)));
        }
        try {
            Duration idle = idle("idle", fields.text("idle"));
            return new ServiceConfig(
                    name,
                    fields.texts("listen"),
                    (int) fields.number("port", 1, 65_535),
                    idle,
                    ready(fields),
                    deadline("deadline", fields.text("deadline")),
                    ServiceLimits.of(fields),
                    Relations.read(fields, name),
                    RestRules.read(fields, idle),
                    EdgeFields.read(fields));
        } catch (IllegalArgumentException | DeclarationException e) {
            throw new ConfigException(file + ": " + e.getMessage(), e);
        }
    }

    private static Readiness ready(JsonFields fields) {
        String text = fields.text("ready");
        try {
            return Readiness.parse(text);
        } catch (ConfigException e) {
            throw fields.wrong("ready", "is wrong: " + e.getMessage(), e);
        }
    }

    /** An idle time, from 1ms to 8760h; {@code option} is named in the error. */
    public static Duration idle(String option, String text) {
        return DurationText.parse(option, text, LEAST, LONGEST_IDLE);
    }

    /** A deadline, from 1ms to 24h; {@code option} is named in the error. */
    public static Duration deadline(String option, String text) {
        return DurationText.parse(option, text, LEAST, LONGEST_DEADLINE);
    }

    /** A minimum time awake, from 0s to 24h; {@code option} is named in the error. */
    public static Duration minAwake(String option, String text) {
        return DurationText.parse(option, text, Duration.ZERO, LONGEST_MIN_AWAKE);
    }

    /** How long a client waits before it gets the waiting page, from 0s to 1m; {@code option} is named in the error. */
    public static Duration waitingPage(String option, String text) {
        return DurationText.parse(option, text, Duration.ZERO, LONGEST_WAITING);
    }

    /** How long a UDP session may be silent, from 1s to 24h; {@code option} is named in the error. */
    public static Duration udpTimeout(String option, String text) {
        return DurationText.parse(option, text, LEAST_SESSION, LONGEST_SESSION);
    }

    /** Whether it has an address of TCP, or of a unix socket. */
    public boolean takesStreams() {
        return listen.stream().anyMatch(address -> !ListenAddress.isUdp(address));
    }

    /** Whether it has an address of UDP. */
    public boolean takesDatagrams() {
        return listen.stream().anyMatch(ListenAddress::isUdp);
    }

    /** The container that it wakes. */
    public String container() {
        return relations.container();
    }

    /** The same, paused or not. */
    public ServiceConfig withPaused(boolean now) {
        return new ServiceConfig(
                name, listen, port, idle, ready, deadline, limits, relations.withPaused(now), rest, edge);
    }

    /**
     * As it is written.
     *
     * @throws DeclarationException if an address is none
     */
    public ServiceDeclaration declaration() {
        return new ServiceDeclaration(
                name,
                new ServiceDeclaration.Target(relations.container(), port, ready.toString()),
                new ServiceDeclaration.Front(
                        listen.stream().map(ListenAddress::parse).toList(), relations.access()),
                new ServiceDeclaration.Times(
                        DurationText.format(idle),
                        DurationText.format(relations.minAwake()),
                        DurationText.format(deadline),
                        rest.declaration()),
                new ServiceDeclaration.Limits(
                        DurationText.format(limits.queueDeadline()),
                        DurationText.format(limits.unitDeadline()),
                        limits.connectionsMaximum(),
                        limits.connectionsPerSource()),
                new ServiceDeclaration.Bonds(relations.after(), relations.group()),
                relations.origin(),
                relations.paused(),
                edge);
    }
}
