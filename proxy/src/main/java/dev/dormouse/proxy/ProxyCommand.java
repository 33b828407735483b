package dev.dormouse.proxy;

import dev.dormouse.proxy.command.ExitZero;
import dev.dormouse.proxy.command.ProxyService;
import dev.dormouse.proxy.command.Surroundings;
import dev.dormouse.proxy.command.SystemdSurroundings;
import dev.dormouse.proxy.command.Target;
import dev.dormouse.proxy.loop.EpollDataPlane;
import dev.dormouse.proxy.source.SourceLimit;
import dev.dormouse.units.descriptor.DescriptorException;
import dev.dormouse.units.descriptor.InheritedDescriptor;
import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.ProxyProtocol;
import dev.dormouse.waitport.DurationText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code dormouse-proxy} command: takes over listening sockets and connects their clients. See docs/man/dormouse-proxy.1. */
@Command(
        name = "dormouse-proxy",
        description = "Connects the clients of inherited listening sockets to another address.",
        customSynopsis =
                "dormouse-proxy [--exit-idle-time=TIME] [-c N] [--connections-max-per-source=N] [--wait=TIME] [--proxy-protocol=VERSION] HOST:PORT | PATH",
        footer = {
            "",
            "TIME is a whole number followed by ms, s, m or h (without one: seconds), or infinity.",
            "Exit status: 0 idle for so long or told to stop, 1 failure, 2 wrong usage or no socket was passed."
        },
        sortOptions = false)
public final class ProxyCommand implements Callable<Integer> {
    static final int STOPPED = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;

    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final Duration LONGEST = Duration.ofHours(9_999);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            arity = "1",
            paramLabel = "HOST:PORT | PATH",
            hideParamSyntax = true,
            description =
                    "Name, IPv4 or [IPv6] address with port (default: 80); or path of a stream socket, or @name of"
                            + " an abstract one.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String target;

    @Option(
            names = "--exit-idle-time",
            paramLabel = "TIME",
            defaultValue = "infinity",
            description = "Exit when there was no connection for so long (default: infinity).")
    private String exitIdleTime = "infinity";

    @Option(
            names = {"-c", "--connections-max"},
            paramLabel = "N",
            defaultValue = "256",
            description = "Connections of each socket, 1 to 1000000 (default: 256); more wait in the kernel's queue.")
    private String connectionsMax = "256";

    @Option(
            names = "--connections-max-per-source",
            paramLabel = "N",
            description = "Connections of one IPv4 address, or one IPv6 /64, that are served at once, 1 to 1000000; as"
                    + " many again wait, more are reset (default: no limit).")
    private @Nullable String connectionsPerSource;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "Hold a client so long until its connection is taken, then close it (default: 60s).")
    private String wait = "60s";

    @Option(
            names = "--proxy-protocol",
            paramLabel = "VERSION",
            description =
                    "Tell the other side each client's address by the PROXY protocol, v1 or v2 (default: do not).")
    private @Nullable String proxyProtocol;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private final Surroundings surroundings;

    private ProxyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Ends the JVM with the exit status. */
    public static void main(String[] arguments) {
        int status;
        try (SystemdSurroundings surroundings = new SystemdSurroundings()) {
            status = commandLine(surroundings).execute(arguments);
        }
        ExitZero.disarm();
        System.exit(status);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new ProxyCommand(surroundings))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println("dormouse-proxy: " + failure.getMessage());
                    return failure instanceof DescriptorException || failure instanceof IllegalArgumentException
                            ? USAGE
                            : FAILURE;
                })
                .setParameterExceptionHandler((failure, _) -> {
                    PrintWriter err = failure.getCommandLine().getErr();
                    err.println("dormouse-proxy: " + failure.getMessage());
                    err.println("Try 'dormouse-proxy --help'.");
                    return USAGE;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<Duration> idle;
        Optional<Duration> hold;
        Reception reception;
        Target where;
        try {
            idle = duration("--exit-idle-time", exitIdleTime);
            hold = duration("--wait", wait);
            reception = reception();
            where = Target.parse(target);
        } catch (IllegalArgumentException | DeclarationException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        List<Integer> descriptors = streams(surroundings.inherited());
        try (DataPlane plane = EpollDataPlane.start(Runtime.getRuntime().availableProcessors())) {
            ProxyService service = ProxyService.start(plane, descriptors, reception, where, hold, surroundings);
            surroundings.onTermination(service::stop);
            service.awaitIdle(idle.orElse(ProxyService.FOR_EVER));
        }
        return STOPPED;
    }

    private Reception reception() {
        return new Reception(
                connections("--connections-max", connectionsMax),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(proxyProtocol).map(ProxyProtocol::parse),
                Optional.ofNullable(connectionsPerSource)
                        .map(text -> connections("--connections-max-per-source", text))
                        .map(most -> new SourceLimit(most, () -> {})));
    }

    private static List<Integer> streams(List<InheritedDescriptor> inherited) {
        List<Integer> numbers = new ArrayList<>(inherited.size());
        for (InheritedDescriptor descriptor : inherited) {
            if (descriptor.type() != InheritedDescriptor.Type.STREAM) {
                throw new IllegalArgumentException("socket " + descriptor.name() + " (" + descriptor.address()
                        + ") is a datagram socket; only ListenStream= sockets can be proxied");
            }
            numbers.add(descriptor.number());
        }
        return numbers;
    }

    private static Optional<Duration> duration(String name, String text) {
        if (text.equals("infinity")) {
            return Optional.empty();
        }
        try {
            return Optional.of(DurationText.parse(name, text, Duration.ZERO, LONGEST));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", or infinity", e);
        }
    }

    private static int connections(String option, String text) {
        boolean number = !text.isEmpty() && text.length() <= 7 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int connections = number ? Integer.parseInt(text) : 0;
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    option + " must be a number from 1 to " + MOST_CONNECTIONS + ", not '" + text + "'");
        }
        return connections;
    }
}
