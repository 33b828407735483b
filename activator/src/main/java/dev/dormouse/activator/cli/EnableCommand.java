package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.ListenAddress;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.ServiceDeclaration;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dormouse enable}. */
@Command(
        name = "enable",
        description = "Lets a container sleep until someone connects. Enabling a service again changes it.",
        sortOptions = false)
final class EnableCommand implements Runnable {
    /** What may be said of a service whose container is passed its sockets. */
    private static final Set<String> OF_PASSED =
            Set.of("--pass", "--listen", "--container", "--socket-mode", "--socket-user", "--socket-group");

    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The service: the container of that name, unless --container says.")
    private String name = "";

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "ADDRESS",
            description = "PORT, ADDRESS:PORT, [IPv6]:PORT, each with /udp for UDP, or /unix/path; repeatable.")
    private List<String> listen = List.of();

    @Option(
            names = "--pass",
            description =
                    "Pass the listening sockets to the container itself, whose program must know LISTEN_FDS; of the"
                            + " other options only --container and --socket-* go with this.")
    private boolean pass;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the container (default: the only one that its image exposes).")
    private @Nullable Integer port;

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "It falls asleep after this time without a connection, 1ms to 8760h (default: 10m).")
    private String idle = "10m";

    @Option(
            names = "--ready",
            paramLabel = "HOW",
            defaultValue = "auto",
            description =
                    "What must be seen before clients are connected: health, listening, tcp, http:/path[,statuses],"
                            + " command:COMMAND in the container, log:REGEX of a line that it writes"
                            + " (default: auto, which is health if the container has a health check, else listening).")
    private String ready = "auto";

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "A client waits at most this long for the container, 1ms to 24h (default: 60s).")
    private String deadline = "60s";

    @Mixin
    private ServiceOptions options = new ServiceOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Mixin
    private RestOptions rest = new RestOptions();

    @Mixin
    private final EdgeOptions edge = new EdgeOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    EnableCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        if (pass) {
            PassedService service = passed();
            host.requireRoot("enable");
            spec.commandLine().getOut().println(host.passedServices().enable(service));
            return;
        }
        ServiceRequest request = request();
        host.requireRoot("enable");
        Registered registered = host.registered();
        if (registered.has(name)) {
            registered.passed(name).ifPresent(before -> host.passedServices().refuseRunning(name, before.container()));
        }
        ServiceConfig config = new ServiceCheck(host.folders()).check(request);
        String done = host.services().enable(config);
        spec.commandLine().getOut().println(done);
    }

    private PassedService passed() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptionsSet()) {
            if (!OF_PASSED.contains(option.longestName())) {
                throw new ParameterException(spec.commandLine(), option.longestName() + PassedService.REFUSAL);
            }
        }
        try {
            return new PassedService(
                    Names.checked(name),
                    options.container(name),
                    new ServiceDeclaration.Front(
                            listen.stream().map(EnableCommand::address).toList(), options.access()),
                    ServiceDeclaration.Origin.ENABLE);
        } catch (ConfigException | CommandException | DeclarationException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ServiceRequest request() {
        try {
            Duration idleTime = ServiceConfig.idle("--idle", idle);
            return new ServiceRequest(
                    Names.checked(name),
                    listen.stream().map(EnableCommand::address).toList(),
                    port == null ? OptionalInt.empty() : OptionalInt.of(checkedPort(port)),
                    idleTime,
                    readiness(),
                    ServiceConfig.deadline("--deadline", deadline),
                    limits.limits(),
                    options.relations(name),
                    rest.rules(idleTime),
                    edge.edge());
        } catch (ConfigException | CommandException | DeclarationException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static ListenAddress address(String text) {
        return OptionText.checked("--listen", text, ListenAddress::parse);
    }

    private Readiness readiness() {
        try {
            return Readiness.parse(ready);
        } catch (ConfigException e) {
            throw new ConfigException("--ready: " + e.getMessage(), e);
        }
    }

    private static int checkedPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new CommandException("--port: " + port + " is not a port from 1 to 65535");
        }
        return port;
    }
}
