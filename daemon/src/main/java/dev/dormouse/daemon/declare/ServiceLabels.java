package dev.dormouse.daemon.declare;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.health.UnhealthyAction;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.units.service.Declaration;
import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.DeclaredBy;
import dev.dormouse.units.service.ExposedPorts;
import dev.dormouse.units.service.ListenAddress;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.ReadyForm;
import dev.dormouse.units.service.ServiceDeclaration;
import dev.dormouse.units.service.ServiceNames;
import dev.dormouse.units.service.SleepRules;
import dev.dormouse.units.service.SocketAccess;
import dev.dormouse.units.service.VetoCommand;
import dev.dormouse.units.service.WarmWindow;
import dev.dormouse.waitport.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code dormouse.*} labels of a container: options of {@code dormouse enable} by the same names. */
final class ServiceLabels {
    private static final String PREFIX = "dormouse.";
    private static final Set<String> OF_THE_REST = Set.of(
            "listen",
            "port",
            "idle",
            "min-awake",
            "freeze",
            "idle-cpu",
            "idle-veto",
            "keep-warm",
            "ready",
            "deadline",
            "queue-deadline",
            "unit-deadline",
            "connections-max",
            "connections-max-per-source",
            "name",
            "after",
            "group",
            "socket-mode",
            "socket-user",
            "socket-group",
            PassedService.FIELD);
    /** What may be said of a service whose container is passed its sockets. */
    private static final Set<String> OF_PASSED =
            Set.of("listen", "name", "socket-mode", "socket-user", "socket-group", PassedService.FIELD);

    private static final Set<String> KNOWN = Stream.of(OF_THE_REST, EdgeLabels.KNOWN)
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(TreeSet::new));

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration YEAR = Duration.ofDays(365);

    private final ContainerRecord container;
    private final Map<String, String> labels;

    private ServiceLabels(ContainerRecord container, Map<String, String> labels) {
        this.container = container;
        this.labels = labels;
    }

    /**
     * The service that a container declares; empty if it has no such labels.
     *
     * @param imageLabels those of an image, which do not count: an image must not open ports of the machine that it is brought to
     * @throws EngineException.InvalidParameter naming the label and what is allowed
     */
    static Optional<Declaration> read(ContainerRecord container, Function<ImageId, Map<String, String>> imageLabels) {
        if (container.config().labels().keySet().stream().noneMatch(label -> label.startsWith(PREFIX))) {
            return Optional.empty();
        }
        Map<String, String> inherited = imageLabels.apply(container.image());
        Map<String, String> own = new TreeMap<>();
        container.config().labels().forEach((label, value) -> {
            // Of the container itself, service or not.
            if (label.startsWith(PREFIX)
                    && !label.equals(UnhealthyAction.LABEL)
                    && !value.equals(inherited.get(label))) {
                own.put(label.substring(PREFIX.length()), value);
            }
        });
        if (own.isEmpty()) {
            return Optional.empty();
        }
        for (String label : own.keySet()) {
            if (!KNOWN.contains(label)) {
                throw new EngineException.InvalidParameter("unknown label " + PREFIX + label + ": allowed are "
                        + KNOWN.stream().map(PREFIX::concat).collect(Collectors.joining(", ")) + " and "
                        + UnhealthyAction.LABEL);
            }
        }
        ServiceLabels service = new ServiceLabels(container, own);
        return Optional.of(
                service.checked(PassedService.FIELD, ServiceLabels::isTrue).orElse(false)
                        ? service.passed()
                        : service.declaration());
    }

    private static boolean isTrue(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new DeclarationException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    private PassedService passed() {
        for (String label : labels.keySet()) {
            if (!OF_PASSED.contains(label)) {
                throw new EngineException.InvalidParameter("label " + PREFIX + label + PassedService.REFUSAL);
            }
        }
        String name = serviceName();
        ServiceDeclaration.Front front = front(listen());
        try {
            return new PassedService(name, container.name(), front, origin());
        } catch (DeclarationException e) {
            throw wrong(PassedService.FIELD, String.valueOf(e.getMessage()));
        }
    }

    private String serviceName() {
        return checked("name", ServiceNames::checked).orElse(container.name());
    }

    private List<ListenAddress> listen() {
        return checked("listen", text -> list(text).map(ListenAddress::parse).toList())
                .orElseThrow(() -> wrong("listen", "is missing: where the service of the other labels listens"));
    }

    private ServiceDeclaration.Origin origin() {
        return new ServiceDeclaration.Origin(
                DeclaredBy.LABELS, Optional.of(container.id().value()));
    }

    private ServiceDeclaration declaration() {
        if (container.hostConfig().networkMode().equals(NetworkMode.NONE)) {
            throw wrong("listen", "the container has no network (--network none), so nothing can connect to it");
        }
        List<ListenAddress> listen = listen();
        ServiceDeclaration.Target target = new ServiceDeclaration.Target(
                container.name(),
                checked("port", ServiceLabels::port).orElseGet(() -> onlyPort(listen)),
                checked("ready", ReadyForm::checked).orElse("auto"));
        try {
            return new ServiceDeclaration(
                    serviceName(),
                    target,
                    front(listen),
                    times(),
                    limits(),
                    bonds(),
                    origin(),
                    false,
                    EdgeLabels.read(this::checked));
        } catch (DeclarationException e) {
            throw new EngineException.InvalidParameter("labels " + PREFIX + "*: " + e.getMessage());
        }
    }

    private ServiceDeclaration.Times times() {
        String idle = time("idle", LEAST, YEAR, "10m");
        return new ServiceDeclaration.Times(
                idle,
                time("min-awake", Duration.ZERO, DAY, "0s"),
                time("deadline", LEAST, DAY, "1m"),
                rules(DurationText.parse(PREFIX + "idle", idle, LEAST, YEAR)));
    }

    private ServiceDeclaration.Bonds bonds() {
        return new ServiceDeclaration.Bonds(
                checked(
                                "after",
                                text -> list(text)
                                        .map(ServiceNames::checked)
                                        .distinct()
                                        .toList())
                        .orElse(List.of()),
                checked("group", ServiceNames::checked));
    }

    private SleepRules rules(Duration idle) {
        return new SleepRules(
                checked("freeze", text -> freeze(text, idle)),
                checked("idle-cpu", SleepRules::idleCpu).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                checked("idle-veto", text -> new VetoCommand(text, CommandWords.of(text))),
                checked(
                                "keep-warm",
                                text -> Stream.of(text.split(";", -1))
                                        .map(WarmWindow::parse)
                                        .toList())
                        .orElse(List.of()));
    }

    /** Before the container is stopped. */
    private static String freeze(String text, Duration idle) {
        Duration freeze = DurationText.parse("the time", text, LEAST, YEAR);
        if (freeze.compareTo(idle) >= 0) {
            throw new DeclarationException("'" + text + "' must be shorter than " + PREFIX + "idle, "
                    + DurationText.format(idle) + ", after which the container is stopped");
        }
        return DurationText.format(freeze);
    }

    private ServiceDeclaration.Limits limits() {
        ServiceDeclaration.Limits standard = ServiceDeclaration.Limits.STANDARD;
        return new ServiceDeclaration.Limits(
                time("queue-deadline", LEAST, DAY, standard.queueDeadline()),
                time("unit-deadline", LEAST, DAY, standard.unitDeadline()),
                connectionsOf("connections-max"),
                connectionsOf("connections-max-per-source"));
    }

    private OptionalInt connectionsOf(String label) {
        return checked(label, ServiceLabels::connections).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private ServiceDeclaration.Front front(List<ListenAddress> listen) {
        try {
            return new ServiceDeclaration.Front(
                    listen,
                    new SocketAccess(
                            Optional.ofNullable(labels.get("socket-mode")),
                            Optional.ofNullable(labels.get("socket-user")),
                            Optional.ofNullable(labels.get("socket-group"))));
        } catch (DeclarationException e) {
            throw wrong("listen", String.valueOf(e.getMessage()));
        }
    }

    private String time(String label, Duration least, Duration most, String standard) {
        return checked(label, text -> {
                    // Its error names the label itself, for an option names itself.
                    return DurationText.format(DurationText.parse("the time", text, least, most));
                })
                .orElse(standard);
    }

    private <T> Optional<T> checked(String label, Function<String, T> read) {
        Optional<String> text = Optional.ofNullable(labels.get(label));
        try {
            return text.map(read);
        } catch (DeclarationException | IllegalArgumentException e) {
            throw wrong(label, String.valueOf(e.getMessage()));
        }
    }

    private static Stream<String> list(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip);
    }

    private static int connections(String text) {
        int connections = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
        if (connections < 1 || connections > ServiceDeclaration.Limits.MOST_CONNECTIONS) {
            throw new DeclarationException("'" + text + "' is not a number of connections from 1 to "
                    + ServiceDeclaration.Limits.MOST_CONNECTIONS);
        }
        return connections;
    }

    private static int port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw new DeclarationException("'" + text + "' is not a port from 1 to 65535");
        }
        return port;
    }

    private int onlyPort(List<ListenAddress> listen) {
        List<Integer> ports = new ExposedPorts(exposed(Port.Protocol.TCP), exposed(Port.Protocol.UDP)).meantBy(listen);
        if (ports.size() != 1) {
            String all = ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
            throw wrong(
                    "port",
                    "is missing, and the image exposes "
                            + (ports.isEmpty() ? "no " + ExposedPorts.kind(listen) : "the ports " + all));
        }
        return ports.getFirst();
    }

    private List<Integer> exposed(Port.Protocol protocol) {
        return container.config().exposedPorts().stream()
                .filter(port -> port.protocol() == protocol)
                .map(Port::number)
                .sorted()
                .toList();
    }

    private static EngineException wrong(String label, String why) {
        return new EngineException.InvalidParameter("label " + PREFIX + label + ": " + why);
    }
}
