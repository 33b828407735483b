package dev.dormouse.waitport;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code waitport} command: waits until a service is ready. See docs/man/waitport.1. */
@Command(
        name = "waitport",
        description = "Waits until a service takes connections.",
        customSynopsis = {
            "waitport [-q] [--timeout TIME] [--interval TIME] [--http PATH [--status LIST]] [HOST] PORT",
            "       waitport [-q] [--timeout TIME] [--interval TIME] [--http PATH [--status LIST]] --unix PATH"
        },
        footer = {
            "",
            "TIME is a whole number followed by ms, s, m or h; without one: seconds.",
            "Exit status: 0 ready, 1 timed out, 2 wrong usage or a host that cannot be resolved."
        },
        sortOptions = false)
public final class WaitportCommand implements Callable<Integer> {
    static final int READY = 0;
    static final int TIMED_OUT = 1;
    static final int USAGE = 2;

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "[HOST] PORT",
            hideParamSyntax = true,
            description = "Host (default: 127.0.0.1), a name or an address; TCP port, 1 to 65535.")
    private List<String> hostAndPort = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "Give up after this time, 1ms to 24h (default: 60s).")
    private String timeout = "60s";

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "25ms",
            description = "Longest delay between attempts, 1ms to 25ms (default: 25ms). The first is 1ms.")
    private String interval = "25ms";

    @Option(
            names = "--http",
            paramLabel = "PATH",
            description = "Send GET PATH and wait for a wanted status. No redirect is followed.")
    private @Nullable String http;

    @Option(
            names = "--status",
            paramLabel = "LIST",
            description = "HTTP statuses that mean ready, as 200, 200-399 or a list with commas (default: 200-399).")
    private @Nullable String status;

    @Option(names = "--unix", paramLabel = "PATH", description = "Connect to this unix stream socket, not to a port.")
    private @Nullable Path unix;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing unless the usage is wrong.")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private WaitportCommand() {}

    /** Ends the JVM with the exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new WaitportCommand())
                .setExitCodeExceptionMapper(_ -> USAGE)
                .setParameterExceptionHandler((failure, _) -> {
                    PrintWriter err = failure.getCommandLine().getErr();
                    err.println("waitport: " + failure.getMessage());
                    err.println("Try 'waitport --help'.");
                    return USAGE;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        Probe probe;
        Duration bound;
        Backoff backoff;
        try {
            bound = DurationText.parse("--timeout", timeout, LEAST, LONGEST_TIMEOUT);
            backoff = Backoff.upTo(DurationText.parse("--interval", interval, LEAST, Backoff.STANDARD.maximum()));
            probe = probe();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return switch (Wait.until(probe, bound, backoff)) {
            case WaitOutcome.Ready _ -> READY;
            case WaitOutcome.TimedOut timedOut -> {
                say(probe + " not ready after " + DurationText.words(timedOut.timeout()) + ": "
                        + timedOut.last().detail());
                yield TIMED_OUT;
            }
            case WaitOutcome.Broken broken -> {
                say(broken.detail());
                yield USAGE;
            }
        };
    }

    private Probe probe() {
        if (http == null && status != null) {
            throw new IllegalArgumentException("--status needs --http");
        }
        StatusRanges wanted = status == null ? StatusRanges.STANDARD : statuses(status);
        if (unix != null) {
            if (!hostAndPort.isEmpty()) {
                throw new IllegalArgumentException("give a port or --unix, not both");
            }
            return http == null ? new UnixProbe(unix) : new HttpProbe(unix, http, wanted);
        }
        if (hostAndPort.isEmpty()) {
            throw new IllegalArgumentException("which port? Give [HOST] PORT or --unix PATH");
        }
        if (hostAndPort.size() > 2) {
            throw new IllegalArgumentException(
                    "too many arguments, give [HOST] PORT: " + String.join(" ", hostAndPort));
        }
        String host = hostAndPort.size() == 1 ? "127.0.0.1" : hostAndPort.getFirst();
        int port = port(hostAndPort.getLast());
        return http == null ? new TcpProbe(host, port) : new HttpProbe(host, port, http, wanted);
    }

    private static StatusRanges statuses(String text) {
        try {
            return StatusRanges.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--status: " + e.getMessage(), e);
        }
    }

    private static int port(String text) {
        boolean number = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be a number from 1 to 65535, not '" + text + "'");
        }
        return port;
    }

    private void say(String line) {
        if (!quiet) {
            spec.commandLine().getErr().println("waitport: " + line);
        }
    }
}
